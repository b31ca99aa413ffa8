import { definitionsOf } from './definition.js';

const { onOff, text } = definitionsOf('people', false);

/** Only the members of one group are synced. */
export const GROUP_FILTER = {
  LDAP_Group_Filter_Enable: onOff(
    false,
    'Whether only the members of one group are synced; whoever leaves it has left the directory.',
  ),
  LDAP_Group_Filter_ObjectClass: text(
    'groupOfUniqueNames',
    'The object class of the group; empty: a group of any class.',
  ),
  LDAP_Group_Filter_Group_Id_Attribute: text('cn', 'The attribute with the name of the group.'),
  LDAP_Group_Filter_Group_Member_Attribute: text(
    'uniqueMember',
    'The attribute of the group that lists its members. With `:1.2.840.113556.1.4.1941:` behind it, ' +
      'members of groups within the group count, too, on every server.',
  ),
  LDAP_Group_Filter_Group_Member_Format: text(
    '',
    'How the group lists a member: `#{userdn}`, `#{username}` (as it is in the directory), or a text ' +
      'with one of them.',
  ),
  LDAP_Group_Filter_Group_Name: text('ROCKET_CHAT', 'The name of the group, which is under LDAP_BaseDN.'),
} as const;
