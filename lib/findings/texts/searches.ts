import type { FindingTexts } from '../finding-texts.js';

const BASE =
  'Put the DN under which your people are into LDAP_BaseDN, for example ou=people,dc=example,dc=com.';
const ANOTHER =
  'Search by another attribute, for example (employeeType=staff); each matching rule needs one.';
const USUAL_AD = '(&(objectCategory=person)(objectClass=user))';

/** Of where people are searched for, and of who is found there. */
export const OF_SEARCHES = {
  'base-empty': ['LDAP_BaseDN is empty.', BASE],
  'base-unusable': ['LDAP_BaseDN is {value}, which is not a DN.', BASE],
  'filter-tests-everything': [
    'LDAP_User_Search_Filter has a matching rule for every attribute, passwords included.',
    ANOTHER,
  ],
  'filter-tests-secret': [
    'LDAP_User_Search_Filter tests {attribute}, which holds a password or a key.',
    ANOTHER,
  ],
  'filter-with-placeholder': [
    'LDAP_User_Search_Filter contains {placeholder}, a placeholder for the name of somebody who signs in, as {users} use it. A sync reads everybody at once and puts no name in.',
    `Take the condition with the placeholder out of the filter, for example (objectClass=inetOrgPerson), or ${USUAL_AD} for an Active Directory. A character that belongs to a value is written as a backslash and two hex digits (% is \\25, $ is \\24, { is \\7b).`,
  ],
  'filter-unreadable': [
    'LDAP_User_Search_Filter is not a search filter: {why}',
    'Write it as in RFC 4515, for example (&(objectClass=inetOrgPerson)(!(employeeType=robot))).',
  ],
  'filter-finds-no-people': [
    'LDAP_User_Search_Filter also matches {kinds}, which would become users.',
    `Set LDAP_User_Search_Filter to ${USUAL_AD}, which matches the people of an Active Directory. If the server is another one, set LDAP_Server_Type to what it is.`,
  ],
  'filter-finds-nobody': [
    'LDAP_User_Search_Filter matches none of the {count} people under the base.[ None of them has {unknown}, which it tests.]',
    'Correct LDAP_User_Search_Filter, or let the service account (LDAP_Authentication_UserDN) read what it tests. For a first look, {everybody} matches everybody.',
  ],
  'filter-misspelt': [
    'LDAP_User_Search_Filter matches none of the {count} people under the base.[ None of them has {unknown}, which it tests.]',
    'Write {meant} in LDAP_User_Search_Filter, or let the service account (LDAP_Authentication_UserDN) read what it tests. For a first look, {everybody} matches everybody.',
  ],
  'base-unread': [
    'The entry of LDAP_BaseDN cannot be read.',
    'Correct LDAP_BaseDN, or let the service account (LDAP_Authentication_UserDN) read it.',
  ],
  'base-without-people': [
    'There is nobody under LDAP_BaseDN.',
    'Check LDAP_BaseDN, LDAP_User_Search_Scope and the read rights of the service account.',
  ],
  'base-with-aliases': [
    'Nobody was found under {base}, where there are aliases; LDAP_Dereference_Aliases is "{value}".',
    'Set LDAP_Dereference_Aliases to "searching" for aliases below the base, "finding" when the base itself is one, or "always"; or put the DN that the aliases point at into LDAP_BaseDN.',
  ],
  'fewer-people': [
    '{count} people now, {before} at the last run that went well.',
    'If that is not meant, check LDAP_BaseDN, LDAP_User_Search_Filter and LDAP_User_Search_Scope; ldap.previewSync with these settings says who would go.',
  ],
  'nobody-to-look-at': [
    'There is nobody of whom the attributes could be looked at.',
    'Test the people first: LDAP_BaseDN, LDAP_User_Search_Filter and the rights of the service account.',
  ],
  'people-hidden': [
    'The directory shows nobody under LDAP_BaseDN.',
    'Let the service account read the people, or correct LDAP_BaseDN and LDAP_User_Search_Filter.',
  ],
  'people-hidden-from-anybody': [
    'The directory shows nobody under LDAP_BaseDN.',
    'Give a service account (LDAP_Authentication), or let everybody read the people.',
  ],
} as const satisfies FindingTexts;
