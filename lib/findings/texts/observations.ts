import { COMPARE_AUTHORITY, COMPARE_CERTIFICATE } from './comparing.js';

/** What was seen, a sentence each. */
export const OBSERVATIONS = {
  // Of what the service account is shown.
  'people-shown': '{count} entries were shown under LDAP_BaseDN (at most {most} are asked for).',
  'ids-shown': '{count} of {entries} entries show an attribute of LDAP_Unique_Identifier_Field.',
  'state-granted': 'The server grants the reading of nsAccountLock in {count} of {entries} entries.',
  'state-shown': '{count} of {entries} entries say whether somebody is disabled.',
  'state-perhaps-shown':
    '{count} of {entries} entries say whether somebody is disabled; where nobody is, or it is hidden, nothing shows the difference.',
  'no-group-shown': 'No group is shown: there is none, or it is hidden.',
  'members-shown': '{count} of {groups} groups that were looked at show members.',
  'deleted-shown': 'The container of deleted entries is shown.',
  'deleted-hidden':
    'The container of deleted entries is hidden from the service account; a sync does without it.',
  // Why a section is not tested.
  'groups-unused':
    'No setting uses groups: LDAP_Group_Filter_Enable, LDAP_Sync_User_Data_Roles, LDAP_Sync_User_Data_Channels and LDAP_Enable_LDAP_Groups_To_RC_Teams are off.',
  // Of a certificate that may be trusted.
  'authority-to-compare': COMPARE_AUTHORITY,
  'certificate-to-compare': COMPARE_CERTIFICATE,
  // Of what speaks for a value.
  'attribute-seen': '{count} of {people} people who were seen have {attribute}.',
  'attribute-shared': '{count} have one that somebody else has.',
  'server-tells-kind': 'The server says that it is {kind}.',
  'people-like-ad': 'The server does not say who it is; its people have sAMAccountName.',
  'people-unlike-ad': 'The server does not say who it is; its people have no sAMAccountName.',
  'most-people': 'The part of the directory with most people ({people} were seen).',
  'all-people-below': 'All {people} people who were seen are below it.',
  'all-people-below-alone': 'All {people} people who were seen are below it, and there are no others.',
  'perhaps-people': '{count} entries there may be people.',
  'class-of-some': '{count} of these {people} have the class, too.',
  'class-of-all': '{people} entries have the class, and {count} of them mail.',
  'found-by-category': '{people} entries were found by it; computers and contacts were not.',
  'people-left-out': 'Leaves out {count} of {people} who have no mail.',
  'people-in-subtree': 'The {people} people who were seen were found in the whole subtree.',
  'server-pages': 'The server can send pages (RFC 2696); larger ones than this an Active Directory refuses.',
  'server-perhaps-pages': 'The server does not say that it can send pages (RFC 2696).',
  'state-seen':
    '{count} of {people} people who were seen have {attribute}, which says whether somebody is disabled.',
  'state-both-ways': 'Whoever is enabled again would be switched on here, too.',
  'people-kept-out':
    'By {counts} of {people} people who were seen may not sign in. With it they are switched off here, too.',
  'members-seen': '{count} of {groups} groups that were seen list members by {attribute}.',
  'groups-below': 'The groups that list members are below it.',
  'groups-nested': '{count} of the groups have other groups in them, whose members count then, too.',
} as const satisfies Readonly<Record<string, string>>;
