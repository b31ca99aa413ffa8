/** What the schedule starts. */
export interface Job {
  readonly name: 'LDAP_Sync' | 'LDAP_AvatarSync' | 'LDAP_AbacSync' | 'LDAP_AutoLogout';
  readonly interval: string;
  readonly switches: readonly string[];
  /** While this is on, another job does it, too. */
  readonly coveredBy?: string;
}

export const JOBS: readonly Job[] = [
  { name: 'LDAP_Sync', interval: 'LDAP_Background_Sync_Interval', switches: ['LDAP_Background_Sync'] },
  {
    name: 'LDAP_AvatarSync',
    interval: 'LDAP_Background_Sync_Avatars_Interval',
    switches: ['LDAP_Background_Sync_Avatars'],
    coveredBy: 'LDAP_Background_Sync',
  },
  {
    name: 'LDAP_AbacSync',
    interval: 'LDAP_Background_Sync_ABAC_Attributes_Interval',
    switches: ['LDAP_Background_Sync_ABAC_Attributes'],
    coveredBy: 'LDAP_Background_Sync',
  },
  {
    name: 'LDAP_AutoLogout',
    interval: 'LDAP_Sync_AutoLogout_Interval',
    switches: ['LDAP_Sync_AutoLogout_Enabled', 'LDAP_Sync_AutoLogout_Gone'],
  },
];
