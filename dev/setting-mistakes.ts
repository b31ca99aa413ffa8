import type { Meaning } from './meaning.js';

const READ_RIGHT = 'or let the service account (`LDAP_Authentication_UserDN`) read it';

/** What is wrong with settings that can be read, by what the entries show. */
export const MISTAKES: readonly (Meaning & { readonly says: string; readonly ends: string })[] = [
  {
    says: 'No entry has "…", which `LDAP_Username_Field` / `LDAP_Unique_Identifier_Field` names',
    ends: 'fails',
    meaning: 'The attribute is misspelt, or the account may not read it. Nobody has been written.',
    remedy: `Name one of those that the message lists, ${READ_RIGHT}.`,
  },
  {
    says: 'No entry has "…", which `LDAP_User_Search_Field` names',
    ends: 'fails',
    meaning: 'There are people, and none has an attribute of the search; so nobody was found.',
    remedy: `Name one of those that the message lists, ${READ_RIGHT}.`,
  },
  {
    says: 'No entry has "…", which `LDAP_Email_Field` / `LDAP_Name_Field` / `LDAP_Avatar_Field` / `LDAP_Extension_Field` names',
    ends: 'goes on',
    meaning: 'Nobody has this part of a person.',
    remedy: `Name one of those that the message lists, ${READ_RIGHT}; or empty the setting.`,
  },
  {
    says: 'Only 3 of 20 entries have …, and 20 of the users have …',
    ends: 'goes on',
    meaning: 'Far fewer people have a field than before.',
    remedy: 'Check the setting, and whether the account may read the attribute of everybody.',
  },
  {
    says: '`LDAP_User_Search_Filter` matches none of the people under the base',
    ends: 'fails',
    meaning: 'The filter is wrong, or tests what no entry has.',
    remedy: `Correct the attribute that the message names, ${READ_RIGHT}.`,
  },
  {
    says: 'People are told apart by …: whoever is renamed there becomes a new person here',
    ends: 'fails at a first import with the list that Rocket.Chat stores, else goes on',
    meaning: 'The id is an attribute that is changed, or worse than another that the entries have.',
    remedy: 'Put the attribute that the message names first into `LDAP_Unique_Identifier_Field`.',
  },
  {
    says: 'This is …, and the settings say another server',
    ends: 'goes on',
    meaning: '`LDAP_Server_Type` chooses which settings name the fields, and is for another product.',
    remedy:
      'Set `LDAP_Server_Type` to `ad` for an Active Directory or Samba, to an empty text for all others.',
  },
  {
    says: '`LDAP_User_Search_Filter` contains …, a placeholder',
    ends: 'fails',
    meaning: 'The filter is one for signing in, as other products have it.',
    remedy: 'Take the condition with the placeholder out.',
  },
  {
    says: '`LDAP_User_Search_Filter` also matches groups, computers or contacts',
    ends: 'goes on',
    meaning: 'Entries that are no people would become users (Active Directory).',
    remedy: 'Set it to `(&(objectCategory=person)(objectClass=user))`.',
  },
  {
    says: '`…` is not a whole number; `…` is 70000',
    ends: 'fails, or takes the default, as [settings](settings.md) says of each',
    meaning: 'What is stored is of another type, or out of range.',
    remedy: 'Store a number within the range.',
  },
];
