import { toStateAttributes } from '../../mapping/active-state.js';
import type { StateReading } from '../../settings/active-state.js';

/** Where a directory shows that somebody is disabled, and what to do where it cannot be seen. */
interface StateSource {
  readonly attribute: string;
  readonly remedy: string;
}

const ANY = toStateAttributes({}).join(', ');

export const STATE_SOURCES: Readonly<Record<StateReading, StateSource>> = {
  optional: {
    attribute: ANY,
    remedy: 'Correct the value of userAccountControl in the directory: it is a number.',
  },
  required: {
    attribute: 'userAccountControl',
    remedy:
      'Let the service account read userAccountControl of everybody (the right "Read property" for ' +
      'userAccountControl or for "Account Restrictions"), then run the sync again. Contacts and groups ' +
      'have none: leave them out with LDAP_User_Search_Filter, or switch such users on by hand.',
  },
  'by-rights': {
    attribute: 'nsAccountLock',
    remedy:
      'Let an access control instruction (aci) allow the service account to read nsAccountLock of everybody, ' +
      'then run the sync again.',
  },
  lost: {
    attribute: ANY,
    remedy:
      'Let the service account read the one of these attributes that the directory uses, then run the sync ' +
      'again. The directory showed before who is disabled, and shows it of nobody now: if nobody is disabled any ' +
      'more, switch the users who are still off on by hand.',
  },
};
