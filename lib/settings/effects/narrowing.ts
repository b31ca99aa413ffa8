import { part, refused } from './effect.js';
import { isNarrowing } from './switched-on.js';

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

  LDAP_User_Search_AttributesToQuery: refused(
    {
      about: 'Only these attributes are read, so that others cannot become part of a user.',
      remedy:
        'Empty it, or store *,+: a sync asks for the attributes that the field settings name and for ' +
        'what says that somebody is disabled. To keep one out, do not name it there.',
    },
    isNarrowing,
  ),
} as const;
