import { definitionsOf } from './definition.js';

const { onOff } = definitionsOf('policy', true);

/** Who is signed out between two syncs. When, the schedule says. */
export const AUTO_LOGOUT = {
  LDAP_Sync_AutoLogout_Enabled: onOff(
    false,
    'Whether people who are disabled in the directory are signed out between two syncs, whatever ' +
      'LDAP_Sync_User_Active_State says; they stay on. The schedule does it, or a host that calls autoLogout().',
  ),
  LDAP_Sync_AutoLogout_Gone: onOff(
    false,
    'Whether people who are gone from the directory are signed out with them. Of this package.',
  ),
} as const;
