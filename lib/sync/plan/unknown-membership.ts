import type { Advice } from '../../advice.js';

/** Told of somebody who may be in the group or not: no user is created, and no account is linked. */
export const MEMBERSHIP_UNKNOWN: Advice = {
  code: 'membership-unknown',
  params: {},
  reason:
    'The directory does not say whether the person is in the group whose members are synced ' +
    '(LDAP_Group_Filter_Group_Name), so no user is made.',
  remedy: 'Mend what the problems of the report say about the group, then run the sync again.',
};
