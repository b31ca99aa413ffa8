import { toFinding } from '../../findings/finding.js';
import type { LdapSyncError, LdapSyncErrorCode } from '../../errors.js';
import type { SettingProblem } from '../../settings/settings.js';

/** The setting to look at first. */
const SETTINGS: { readonly [Code in LdapSyncErrorCode]?: string } = {
  'directory-unreachable': 'LDAP_Host',
  'directory-timeout': 'LDAP_Host',
  'directory-tls': 'LDAP_Encryption',
  'directory-bind': 'LDAP_Authentication_UserDN',
  'directory-search': 'LDAP_BaseDN',
};

/** An error of the directory as the problem of a setting. */
export function toOpeningProblem({ code, message, remedy = LOG, finding }: LdapSyncError): SettingProblem {
  const setting = SETTINGS[code] ?? 'LDAP_Host';
  // An error that has no words of its own is told as it is.
  return { setting, ...toFinding('directory-failed', { why: message, todo: remedy }), ...finding };
}

const LOG = 'Look into the log of the directory server.';
