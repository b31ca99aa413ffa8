import type { TotpSeed } from '../chat-server/administrator.js';
import type { ChatClient } from './chat-client.js';

interface Facts {
  readonly url: string;
  readonly client: ChatClient;
  readonly totp: TotpSeed;
  /** A backup code that has not been used. */
  readonly backupCode: string;
  /** The user name of somebody with a photo. */
  readonly withPhoto: string | undefined;
}

/** Commands that work as they stand, as long as the server is up. */
export function toNextSteps({ url, client, totp, backupCode, withPhoto }: Facts): readonly string[] {
  const headers = `-H 'X-User-Id: ${client.userId}' -H 'X-Auth-Token: ${client.authToken}'`;
  return [
    'Sync again yourself (the code is a backup code, good once):',
    `  curl -i -X POST ${headers} -H 'x-2fa-method: totp' -H ` +
      `'x-2fa-code: ${backupCode}' ${url}/api/v1/ldap.syncNow`,
    'A fresh code, good for half a minute, from this folder:',
    `  node -p "require('speakeasy').totp({secret:'${totp.secret}',encoding:'base32'})"`,
    'The reports of all runs:',
    `  curl -s ${headers} ${url}/api/v1/ldap.listRuns`,
    'Whether the directory answers:',
    `  curl -s -X POST ${headers} ${url}/api/v1/ldap.testConnection`,
    ...(withPhoto === undefined ? [] : ['A photo:', `  ${url}/avatar/${encodeURIComponent(withPhoto)}`]),
  ];
}
