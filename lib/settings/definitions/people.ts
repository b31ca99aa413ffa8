import { definitionsOf } from './definition.js';

const { number, text, choice } = definitionsOf('people', false);

/** Who is searched for, and which attribute becomes which field. */
export const PEOPLE = {
  LDAP_Server_Type: choice(
    'ad',
    ['ad', ''],
    'For ad the settings with AD in their id name the fields; when it is empty, the others do.',
  ),
  LDAP_BaseDN: text('', 'The DN under which people are.'),
  LDAP_User_Search_Filter: text(
    '(objectclass=*)',
    'Which entries under the base DN are synced, as a filter (RFC 4515).',
  ),
  LDAP_User_Search_Scope: choice(
    'sub',
    ['sub', 'one', 'base'],
    'How deep the search goes: the whole subtree (sub), one level (one), or the entry itself (base).',
  ),
  LDAP_AD_User_Search_Field: text(
    'sAMAccountName',
    'Attributes of which every person has at least one; other entries are not read (ad).',
  ),
  LDAP_User_Search_Field: text(
    'uid',
    'Attributes of which every person has at least one; other entries are not read.',
  ),
  LDAP_Search_Page_Size: number(
    250,
    { min: 0, max: 100_000 },
    'The number of entries in a page; 0 asks for all at once.',
  ),
  LDAP_Search_Size_Limit: number(
    1_000,
    { min: 0, max: 2_147_483_647 },
    'The most entries over all pages; 0 is no limit. The default is none either, since Rocket.Chat stores it ' +
      'without being asked. A run that meets the limit takes nothing away.',
  ),
  LDAP_Unique_Identifier_Field: text(
    'objectGUID,ibm-entryUUID,GUID,dominoUNID,nsuniqueId,uidNumber,uid',
    'Attributes with an id that never changes; the first that an entry has counts.',
  ),
  LDAP_AD_Username_Field: text(
    'sAMAccountName',
    'The attribute, or the template, that user names are made of (ad).',
  ),
  LDAP_Username_Field: text('uid', 'The attribute, or the template, that user names are made of.'),
  LDAP_AD_Email_Field: text('mail', 'Attributes with addresses; the first that an entry has counts (ad).'),
  LDAP_Email_Field: text('mail', 'Attributes with addresses; the first that an entry has counts.'),
  LDAP_AD_Name_Field: text('cn', 'The attribute, or the template, that names are made of (ad).'),
  LDAP_Name_Field: text('cn', 'The attribute, or the template, that names are made of.'),
  LDAP_Extension_Field: text(
    '',
    'The attribute with the telephone extension (`freeSwitchExtension`, or `sipExtension` since migration 350 ' +
      'of Rocket.Chat); empty: extensions are not synced.',
  ),
  LDAP_Default_Domain: text('', 'Makes the address username@domain for people without one; empty: off.'),
} as const;
