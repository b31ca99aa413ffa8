import type { Settings } from './settings.js';

/** Who is signed out between two syncs. */
export interface AutoLogoutSettings {
  readonly isOn: boolean;
  /** Whether people who are gone from the directory are signed out, too. */
  readonly signsOutGone: boolean;
}

/** As in Rocket.Chat, nothing is done while LDAP is switched off as a whole. */
export function parseAutoLogout({ get }: Pick<Settings, 'get'>): AutoLogoutSettings {
  return {
    isOn: get('LDAP_Enable') && get('LDAP_Sync_AutoLogout_Enabled'),
    signsOutGone: get('LDAP_Sync_AutoLogout_Gone'),
  };
}
