import { part, refused } from './effect.js';
import { isNarrowing } from './switched-on.js';

/** Rocket.Chat's settings that narrow or rewrite who is synced and that are not followed here. */
export const NARROWING = {
  LDAP_DataSync_UseVariables: refused({
    about: 'User names, names and addresses may be made of variables, which are computed from attributes.',
    remedy:
      'Switch it off, and name attributes of the directory in the field settings, or templates of them ' +
      'such as #{givenName}.#{sn}.',
  }),
  LDAP_DataSync_VariableMap: part('LDAP_DataSync_UseVariables', 'The variables and how they are computed.'),

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
