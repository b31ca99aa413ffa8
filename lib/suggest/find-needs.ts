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
  if (contexts.length === 0)
    return [
      {
        setting: 'LDAP_BaseDN',
        message: root
          ? 'The root entry of the server names no part of the directory that may hold people.'
          : 'The server does not show its root entry.',
        remedy:
          'Give the DN under which your people are in LDAP_BaseDN' +
          (isAnonymous ? ', and a service account.' : '.'),
      },
    ];
  const looked = contexts.map(({ dn }) => JSON.stringify(dn.slice(0, 100))).join(', ');
  const message = `Nobody was seen below ${looked}.`;
  return [isAnonymous ? { ...ACCOUNT, message } : { ...RIGHTS, message }];
}

const ACCOUNT = {
  setting: 'LDAP_Authentication',
  remedy:
    'Give the DN and the password of a service account that may read the people (LDAP_Authentication, ' +
    'LDAP_Authentication_UserDN, LDAP_Authentication_Password): nobody has signed in, and the directory may show ' +
    'people to accounts only.',
};

const RIGHTS = {
  setting: 'LDAP_Authentication_UserDN',
  remedy:
    'Let the service account read the people, or use another one. If the directory is empty, put people into it ' +
    'first; if they are elsewhere, give their place in LDAP_BaseDN.',
};

const NO_ADDRESSES: SettingProblem = {
  setting: 'LDAP_Default_Domain',
  message: 'Nobody who was seen has mail, and nobody becomes a user without an address.',
  remedy:
    'Let the service account read the addresses, name the attribute that holds them, or give the domain of addresses ' +
    'that are made of user names in LDAP_Default_Domain.',
};
