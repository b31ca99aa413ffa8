import type { Demo } from './demo.js';

interface Facts {
  /** Backup codes that have not been used: the first is for a command, the others for the page. */
  readonly backupCodes: readonly string[];
  /** The user name of somebody with a photo. */
  readonly withPhoto: string | undefined;
  /** The run whose list waits for a decision. */
  readonly heldRun: string | undefined;
  /** Why there is no page. */
  readonly pageLack: string | undefined;
}

type Server = Pick<Demo, 'url' | 'client' | 'administrator' | 'totp'>;

/** Commands that work as they stand, as long as the server is up. */
export function toNextSteps({ url, client, totp }: Server, facts: Facts): readonly string[] {
  const { backupCodes, withPhoto } = facts;
  const headers = `-H 'X-User-Id: ${client.userId}' -H 'X-Auth-Token: ${client.authToken}'`;
  return [
    'Sync again yourself (the code is a backup code, good once):',
    `  curl -i -X POST ${headers} -H 'x-2fa-method: totp' -H ` +
      `'x-2fa-code: ${backupCodes[0] ?? ''}' ${url}/api/v1/ldap.syncNow`,
    'A fresh code, good for half a minute, from this folder:',
    `  node -p "require('speakeasy').totp({secret:'${totp.secret}',encoding:'base32'})"`,
    'The reports of all runs:',
    `  curl -s ${headers} ${url}/api/v1/ldap.listRuns`,
    'Whether the directory answers:',
    `  curl -s -X POST ${headers} ${url}/api/v1/ldap.testConnection`,
    ...(withPhoto === undefined ? [] : ['A photo:', `  ${url}/avatar/${encodeURIComponent(withPhoto)}`]),
  ];
}

/** Where the page is, who signs in there, and what waits. */
export function toPageSteps({ url, administrator, totp }: Server, facts: Facts): readonly string[] {
  const { backupCodes, heldRun, pageLack } = facts;
  if (pageLack !== undefined)
    return [
      `The page could not be built here: ${pageLack}`,
      `→ Run npm run build:page in another shell; ${url}/ldap-sync/ shows it from then on.`,
    ];
  return [
    `address        ${url}/ldap-sync/`,
    `sign in as     ${administrator.username}, password ${administrator.password}`,
    `second factor  one of these backup codes, each good once: ${backupCodes.slice(1).join(' ')}`,
    `               or give this secret to an authenticator app: ${totp.secret}`,
    ...(heldRun === undefined ? [] : [`decide it here ${url}/ldap-sync/#/held/${heldRun}`]),
  ];
}
