import { CommandError } from './command-error.js';

/** What other tools take by a flag, and where it belongs here. */
const SECRET_FLAGS: Readonly<Record<string, string>> = {
  password: 'CHAT_LDAP_SYNC_PASSWORD_FILE',
  pass: 'CHAT_LDAP_SYNC_PASSWORD_FILE',
  passwd: 'CHAT_LDAP_SYNC_PASSWORD_FILE',
  token: 'CHAT_LDAP_SYNC_AUTH_TOKEN_FILE',
  'auth-token': 'CHAT_LDAP_SYNC_AUTH_TOKEN_FILE',
  'api-key': 'CHAT_LDAP_SYNC_AUTH_TOKEN_FILE',
  totp: 'CHAT_LDAP_SYNC_TOTP_CODE',
  'totp-code': 'CHAT_LDAP_SYNC_TOTP_CODE',
  code: 'CHAT_LDAP_SYNC_TOTP_CODE',
  otp: 'CHAT_LDAP_SYNC_TOTP_CODE',
  'mongo-url': 'MONGO_URL_FILE',
  'bind-password': '--secret-file LDAP_Authentication_Password=PATH',
  secret: '--secret-file ID=PATH',
};

/**
 * Throws a {@link CommandError} for a flag that holds a secret: everybody on the machine can read it in the list of
 * processes, and shells keep it in a history.
 */
export function refuseSecretFlags(argv: readonly string[]): void {
  for (const text of argv) {
    if (text === '--') return;
    const name = /^--([a-z][a-z-]*)/.exec(text)?.[1];
    const place = name === undefined || !Object.hasOwn(SECRET_FLAGS, name) ? undefined : SECRET_FLAGS[name];
    if (name !== undefined && place !== undefined)
      throw new CommandError('usage', `--${name} is no option: secrets are never given by a flag.`, {
        remedy: `Use ${place}.`,
      });
  }
}
