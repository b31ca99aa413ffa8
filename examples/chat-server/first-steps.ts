import { createHash, randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { UserRecord } from '../../models/user.js';
import { sha256Hex, type Administrator } from './administrator.js';

/** Signs the administrator in without a request; gives the token. */
export async function seedSession(connection: Connection, { userId }: Administrator): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const hashedToken = createHash('sha256').update(token).digest('base64');
  await connection
    .collection<UserRecord>('users')
    .updateOne(
      { _id: userId },
      { $push: { 'services.resume.loginTokens': { hashedToken, when: new Date() } } },
    );
  return token;
}

interface Facts {
  readonly url: string;
  readonly administrator: Administrator;
  readonly token: string;
  /** The directory that a sync reads, in words. */
  readonly directory: string;
}

/** Commands that work as they stand, as long as the server is up. */
export function toFirstSteps({ url, administrator, token, directory }: Facts): readonly string[] {
  const { userId, username, password } = administrator;
  const headers = `-H 'X-User-Id: ${userId}' -H 'X-Auth-Token: ${token}'`;
  return [
    `This database is new and goes away at the end. A sync reads ${directory}.`,
    `The admin page: ${url}/ldap-sync/ (sign in as ${username}, password ${password}, which is the second factor, too)`,
    'Sync:',
    `  curl -si -X POST ${headers} -H 'x-2fa-method: password' -H 'x-2fa-code: ${sha256Hex(password)}' ` +
      `${url}/api/v1/ldap.syncNow`,
    'The reports of all runs:',
    `  curl -s ${headers} ${url}/api/v1/ldap.listRuns`,
    `Sign in anew as ${username}, password ${password}:`,
    `  curl -s -H 'Content-Type: application/json' -d '{"user":"${username}","password":"${password}"}' ` +
      `${url}/api/v1/login`,
  ];
}

/** What a database that was given has to have, since nothing is put into it here. */
export const OWN_DATABASE_STEPS: readonly string[] = [
  'This database is used as it is. For a sync it needs:',
  '  an account with the permission sync-auth-services-users, and a second factor (a password is one);',
  '  LDAP_Enable, LDAP_Background_Sync, LDAP_Host, LDAP_BaseDN and what else your directory asks for, in',
  '  rocketchat_settings or as OVERWRITE_SETTING_LDAP_Enable=true and so on in the environment of this process.',
];
