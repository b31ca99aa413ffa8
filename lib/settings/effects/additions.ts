import { missing, part } from './effect.js';

/** Rocket.Chat's settings that add something to people who are synced, and that are not followed here. */
export const ADDITIONS = {
  LDAP_Sync_AutoLogout_Enabled: missing({
    about: 'People who are disabled in the directory are signed out between two syncs.',
    remedy:
      'Sync more often: a sync signs out the people it switches off (LDAP_Sync_User_Active_State "disable" ' +
      'or "both"). Then switch it off.',
  }),
  LDAP_Sync_AutoLogout_Interval: part('LDAP_Sync_AutoLogout_Enabled', 'How often that is looked at.'),
} as const;
