import type { SettingId } from './definitions.js';

/**
 * Settings that are never shown, each with the settings that say to whom the secret is sent. Whoever changes one
 * of those has to give the secret again: else a password that nobody may see could be sent to a server of the
 * caller's choice.
 */
export const SECRETS = {
  LDAP_Authentication_Password: [
    'LDAP_Host',
    'LDAP_Failover_Hosts',
    'LDAP_Port',
    'LDAP_Encryption',
    'LDAP_Reject_Unauthorized',
    'LDAP_CA_Cert',
    'LDAP_Authentication_UserDN',
  ],
  SMTP_Password: ['SMTP_Host', 'SMTP_Port', 'SMTP_Protocol', 'SMTP_IgnoreTLS', 'SMTP_Username'],
} as const satisfies Partial<Record<SettingId, readonly SettingId[]>>;

export type SecretId = keyof typeof SECRETS;

export const SECRET_IDS = Object.keys(SECRETS) as readonly SecretId[];

export function isSecret(id: string): id is SecretId {
  return Object.hasOwn(SECRETS, id);
}
