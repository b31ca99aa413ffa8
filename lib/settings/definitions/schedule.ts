import { definitionsOf } from './definition.js';

const { text } = definitionsOf('schedule', true);

/** When the schedule starts what; a schedule runs once the host has called `start()`. */
export const SCHEDULE = {
  LDAP_Background_Sync_Interval: text(
    'every_24_hours',
    'When a sync is started: `every_1_hour`, `every_6_hours`, `every_12_hours`, `every_24_hours`, `every_48_hours`, ' +
      'or five fields of cron. Photos come with the people.',
  ),
  LDAP_Background_Sync_Avatars_Interval: text(
    '0 0 * * *',
    'When a sync is started while only photos are synced (LDAP_Background_Sync is off).',
  ),
  LDAP_Background_Sync_ABAC_Attributes_Interval: text(
    '0 0 * * *',
    'When a sync is started that brings ABAC attributes without people (LDAP_Background_Sync is off).',
  ),
  LDAP_Sync_AutoLogout_Interval: text(
    '*/5 * * * *',
    'When people who are disabled are signed out (LDAP_Sync_AutoLogout_Enabled).',
  ),
  LDAP_Sync_Time_Zone: text(
    '',
    'The time zone of the schedule, such as Europe/Vienna; empty: UTC. Of this package.',
  ),
} as const;
