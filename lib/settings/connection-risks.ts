import type { DirectoryAddress } from '../directory/directory.js';
import { isLoopback } from './directory-address.js';
import type { SettingProblem } from './settings.js';

/** What somebody between this host and the directory could read or change. Pure. */
export function findConnectionRisks(address: DirectoryAddress): readonly SettingProblem[] {
  const warnings: SettingProblem[] = [];
  const isAway = [address, ...(address.failoverHosts ?? [])].some(({ host }) => !isLoopback(host));
  if (address.encryption === 'plain' && address.bind && isAway) {
    warnings.push({
      setting: 'LDAP_Encryption',
      message: 'The password of the service account crosses the network unencrypted.',
      remedy: 'Set LDAP_Encryption to "ssl" (LDAPS) or "tls" (StartTLS).',
    });
  }
  if (address.encryption !== 'plain' && !address.rejectUnauthorized) {
    warnings.push({
      setting: 'LDAP_Reject_Unauthorized',
      message:
        'The certificate of the directory server is not verified, so anyone in between can read the ' +
        'password and change people.',
      remedy:
        'Put the certificate of your authority into LDAP_CA_Cert and switch LDAP_Reject_Unauthorized on.',
    });
  }
  return warnings;
}
