import type { LookUpResult } from './look-up-people.js';

/** Says where a person is who is no longer synced: "has left LDAP_BaseDN …". */
export function describeAbsence(where: Exclude<LookUpResult, { kind: 'present' }>): string {
  switch (where.kind) {
    case 'outside-filter':
      return `is no longer among those LDAP_User_Search_Filter asks for (the entry is ${where.dn})`;
    case 'outside-base':
      return `has left LDAP_BaseDN (the entry is now ${where.dn})`;
    case 'gone':
      return 'is no longer in the directory';
  }
}
