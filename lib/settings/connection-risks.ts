import { toFinding } from '../findings/finding.js';
import type { DirectoryAddress } from '../directory/directory.js';
import { isLoopback } from './directory-address.js';
import type { SettingProblem } from './settings.js';

/** What somebody between this host and the directory could read or change. Pure. */
export function findConnectionRisks(address: DirectoryAddress): readonly SettingProblem[] {
  const warnings: SettingProblem[] = [];
  const isAway = [address, ...(address.failoverHosts ?? [])].some(({ host }) => !isLoopback(host));
  if (address.encryption === 'plain' && address.bind && isAway) {
    warnings.push({ setting: 'LDAP_Encryption', ...toFinding('password-unencrypted', {}) });
  }
  if (address.encryption !== 'plain' && !address.rejectUnauthorized) {
    warnings.push({ setting: 'LDAP_Reject_Unauthorized', ...toFinding('certificate-unverified', {}) });
  }
  return warnings;
}
