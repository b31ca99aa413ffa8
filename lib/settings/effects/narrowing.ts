import { refused } from './effect.js';

/** Rocket.Chat's settings that narrow or rewrite who is synced and that are not followed here. */
export const NARROWING = {
  LDAP_FederationHomeServer_Field: refused({
    about: 'People whose attribute names another home server are accounts of that server, not of this one.',
    remedy:
      'Empty it, and leave the people of other servers out with LDAP_User_Search_Filter, for example ' +
      '(!(homeServer=*)).',
  }),
} as const;
