import { part, refused } from './effect.js';

/** Rocket.Chat's settings that narrow or rewrite who is synced and that are not followed here. */
export const NARROWING = {
  LDAP_Group_Filter_Enable: refused({
    about: 'Only the members of one group are synced.',
    remedy:
      'Switch it off, and say in LDAP_User_Search_Filter who is synced, for example ' +
      '(memberOf=cn=chat,ou=groups,dc=example,dc=com).',
  }),
  LDAP_Group_Filter_ObjectClass: part('LDAP_Group_Filter_Enable', 'The object class of the group.'),
  LDAP_Group_Filter_Group_Id_Attribute: part(
    'LDAP_Group_Filter_Enable',
    'The attribute with the name of the group.',
  ),
  LDAP_Group_Filter_Group_Member_Attribute: part(
    'LDAP_Group_Filter_Enable',
    'The attribute with the members of the group.',
  ),
  LDAP_Group_Filter_Group_Member_Format: part(
    'LDAP_Group_Filter_Enable',
    'How a member is written in the group, for example #{userdn}.',
  ),
  LDAP_Group_Filter_Group_Name: part('LDAP_Group_Filter_Enable', 'The name of the group.'),

  LDAP_FederationHomeServer_Field: refused({
    about: 'People whose attribute names another home server are accounts of that server, not of this one.',
    remedy:
      'Empty it, and leave the people of other servers out with LDAP_User_Search_Filter, for example ' +
      '(!(homeServer=*)).',
  }),
} as const;
