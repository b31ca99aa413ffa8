import { toFinding } from '../findings/finding.js';
import type { SettingProblem } from '../settings/settings.js';
import type { People } from './people.js';
import type { SeenDirectory } from './seen-directory.js';

/** What has to be given before (more) can be proposed. Pure. */
export function findNeeds(
  { root, contexts }: Pick<SeenDirectory, 'root' | 'contexts'>,
  people: People | undefined,
  isAnonymous: boolean,
): readonly SettingProblem[] {
  if (people) return people.having('mail') === 0 ? [NO_ADDRESSES] : [];
  if (contexts.length === 0) {
    const lack = root ? 'needs-part' : 'needs-base';
    return [{ setting: 'LDAP_BaseDN', ...toFinding(isAnonymous ? `${lack}-and-account` : lack, {}) }];
  }
  const places = contexts.map(({ dn }) => JSON.stringify(dn.slice(0, 100))).join(', ');
  return [
    isAnonymous
      ? { setting: 'LDAP_Authentication', ...toFinding('needs-account', { places }) }
      : { setting: 'LDAP_Authentication_UserDN', ...toFinding('needs-rights', { places }) },
  ];
}

const NO_ADDRESSES: SettingProblem = {
  setting: 'LDAP_Default_Domain',
  ...toFinding('needs-addresses', {}),
};
