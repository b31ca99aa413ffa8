import type { FindingTexts } from '../finding-texts.js';

const SEEN = '([{one} entry][{entries} entries] looked at)[; they have {have}].';
const LACKING = `No entry has {lacking}, which {setting} names ${SEEN}` as const;
const LACKING_BY_VARIABLE =
  `No entry has {lacking}, which {setting} names by a variable (LDAP_DataSync_VariableMap) ${SEEN}` as const;
const OR_READ = 'or let the service account (LDAP_Authentication_UserDN) read {lacking}.';
const NAME_ANOTHER = `Name an attribute in {place} that the entries have, ${OR_READ}` as const;
const PUT_ANOTHER = `Put {suggestion} into {place}[ instead of {instead}], ${OR_READ}` as const;

const TOLD_APART =
  'People are told apart by {names}: whoever is renamed there becomes a new person here.[ The entries have {better}, which never changes.]';
const UNDECIDED =
  `${TOLD_APART} Nobody has been written: this would be decided for good by the first sync.` as const;
const PUT_LASTING =
  'Put an attribute that never changes (entryUUID, objectGUID, nsUniqueId, ipaUniqueID) first into LDAP_Unique_Identifier_Field, or let the service account (LDAP_Authentication_UserDN) read it.';
const PUT_BETTER =
  'Put {better} first into LDAP_Unique_Identifier_Field before the first sync: every entry has it, and nobody changes it.';
const OR_ALONE = 'If {names} is what you want, put that alone into LDAP_Unique_Identifier_Field.';

/** Of what entries have of what the settings name, and of one person who is looked for. */
export const OF_PEOPLE = {
  'attributes-nowhere': [LACKING, NAME_ANOTHER],
  'attributes-nowhere-but-another': [LACKING, PUT_ANOTHER],
  'variables-nowhere': [LACKING_BY_VARIABLE, NAME_ANOTHER],
  'variables-nowhere-but-another': [LACKING_BY_VARIABLE, PUT_ANOTHER],
  'field-rare': [
    'Only {count} of {entries} entries have {names}, and {before} of the users have {field}.',
    'Check {setting}, and whether the service account (LDAP_Authentication_UserDN) may read {names} of everybody.',
  ],
  'id-changes': [TOLD_APART, PUT_LASTING],
  'id-changes-but-another': [TOLD_APART, PUT_BETTER],
  'id-undecided': [UNDECIDED, `${PUT_LASTING} ${OR_ALONE}`],
  'id-undecided-but-another': [UNDECIDED, `${PUT_BETTER} ${OR_ALONE}`],
  'id-hidden': [
    'Not every person shows an attribute that tells people apart.',
    'Let the service account read an attribute of LDAP_Unique_Identifier_Field of everybody.',
  ],
  'state-hidden': [
    'Whether somebody is disabled is hidden from the service account. {count} of {entries} entries say whether somebody is disabled.',
    'Let the service account read userAccountControl of everybody (the right "Read property" for userAccountControl or for "Account Restrictions"), then run the sync again. Contacts and groups have none: leave them out with LDAP_User_Search_Filter, or switch such users on by hand.',
  ],
  'state-not-granted': [
    'Whether somebody is disabled is hidden from the service account. The server grants the reading of nsAccountLock in {count} of {entries} entries.',
    'Let an access control instruction (aci) allow the service account to read nsAccountLock of everybody, then run the sync again.',
  ],
  'person-several': [
    'Several entries have this name in {fields}.',
    'Name an attribute in {setting} that tells people apart, or narrow LDAP_User_Search_Filter.',
  ],
  'person-filtered': [
    'There is an entry with this name, which LDAP_User_Search_Filter does not match.',
    'Widen LDAP_User_Search_Filter, or let the service account (LDAP_Authentication_UserDN) read what it tests.',
  ],
  'person-by-another-name': [
    'No entry has this name in {fields} ({setting}); one has it in {other}.',
    'Search for what the entry has in {fields}, or add {other} to {setting}.',
  ],
  'person-nowhere': [
    'No entry under LDAP_BaseDN has this name in {fields}.',
    'Check LDAP_BaseDN and LDAP_User_Search_Scope, the spelling of the name, and whether the service account (LDAP_Authentication_UserDN) may read the entry.',
  ],
  'person-without-id': [
    'The entry has none of the attributes of LDAP_Unique_Identifier_Field.',
    'Name an attribute there that every entry has, or let the service account read it.',
  ],
  'needs-base': [
    'The server does not show its root entry.',
    'Give the DN under which your people are in LDAP_BaseDN.',
  ],
  'needs-base-and-account': [
    'The server does not show its root entry.',
    'Give the DN under which your people are in LDAP_BaseDN, and a service account.',
  ],
  'needs-part': [
    'The root entry of the server names no part of the directory that may hold people.',
    'Give the DN under which your people are in LDAP_BaseDN.',
  ],
  'needs-part-and-account': [
    'The root entry of the server names no part of the directory that may hold people.',
    'Give the DN under which your people are in LDAP_BaseDN, and a service account.',
  ],
  'needs-account': [
    'Nobody was seen below {places}.',
    'Give the DN and the password of a service account that may read the people (LDAP_Authentication, LDAP_Authentication_UserDN, LDAP_Authentication_Password): nobody has signed in, and the directory may show people to accounts only.',
  ],
  'needs-rights': [
    'Nobody was seen below {places}.',
    'Let the service account read the people, or use another one. If the directory is empty, put people into it first; if they are elsewhere, give their place in LDAP_BaseDN.',
  ],
  'needs-addresses': [
    'Nobody who was seen has mail, and nobody becomes a user without an address.',
    'Let the service account read the addresses, name the attribute that holds them, or give the domain of addresses that are made of user names in LDAP_Default_Domain.',
  ],
} as const satisfies FindingTexts;
