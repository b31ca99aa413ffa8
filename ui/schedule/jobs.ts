/** What the schedule starts. */
export interface Job {
  readonly name: 'LDAP_Sync' | 'LDAP_AvatarSync' | 'LDAP_AutoLogout';
  readonly interval: string;
  readonly switches: readonly string[];
}

export const JOBS: readonly Job[] = [
  { name: 'LDAP_Sync', interval: 'LDAP_Background_Sync_Interval', switches: ['LDAP_Background_Sync'] },
  {
    name: 'LDAP_AvatarSync',
    interval: 'LDAP_Background_Sync_Avatars_Interval',
    switches: ['LDAP_Background_Sync_Avatars'],
  },
  {
    name: 'LDAP_AutoLogout',
    interval: 'LDAP_Sync_AutoLogout_Interval',
    switches: ['LDAP_Sync_AutoLogout_Enabled', 'LDAP_Sync_AutoLogout_Gone'],
  },
];
