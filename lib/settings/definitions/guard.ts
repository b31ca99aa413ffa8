import { definitionsOf } from './definition.js';

const { onOff, number } = definitionsOf('guard', true);

const SHARE = { min: 1, max: 50 };
const PEOPLE = { min: 1, max: 100_000 };

/** Not Rocket.Chat's: the guard, and how long the account of what was done is kept. */
export const GUARD = {
  LDAP_Guard_Always_Allowed: number(
    10,
    { min: 1, max: 1_000 },
    'Up to this many removals of one kind never wait.',
  ),
  LDAP_Guard_Deactivations_Percent: number(
    5,
    SHARE,
    'A run is held when it would switch off more than this share of the linked users, in percent.',
  ),
  LDAP_Guard_Deactivations_Maximum: number(
    500,
    PEOPLE,
    'A run is held when it would switch off more users than this.',
  ),
  LDAP_Guard_Renames_Percent: number(
    5,
    SHARE,
    'A run is held when it would give more than this share of the linked users another user name, in percent.',
  ),
  LDAP_Guard_Renames_Maximum: number(
    500,
    PEOPLE,
    'A run is held when it would give more users than this another user name.',
  ),
  LDAP_Guard_Clearings_Percent: number(
    5,
    SHARE,
    'A run is held when more than this share of the linked users would lose an address or another value, ' +
      'in percent.',
  ),
  LDAP_Guard_Clearings_Maximum: number(
    500,
    PEOPLE,
    'A run is held when more users than this would lose an address or another value.',
  ),
  LDAP_Guard_Photos_Percent: number(
    5,
    SHARE,
    'A run is held when more than this share of the linked users would lose their photo, in percent.',
  ),
  LDAP_Guard_Photos_Maximum: number(
    500,
    PEOPLE,
    'A run is held when more users than this would lose their photo.',
  ),
  LDAP_Guard_Memberships_Percent: number(
    5,
    SHARE,
    'A run is held when more than this share of the linked users would leave a channel or a team, in percent.',
  ),
  LDAP_Guard_Memberships_Maximum: number(
    500,
    PEOPLE,
    'A run is held when more users than this would leave a channel or a team.',
  ),
  LDAP_Guard_Reactivations_Percent: number(
    5,
    SHARE,
    'A run is held when it would switch on again more people than this share of the linked users, in percent.',
  ),
  LDAP_Guard_Reactivations_Maximum: number(
    500,
    PEOPLE,
    'A run is held when it would switch on again more users than this.',
  ),
  LDAP_Guard_Relinks_Percent: number(
    5,
    SHARE,
    'A run is held when it would link more than this share of the linked users by another id, in ' +
      'percent. Users linked by an id that no other entry can get do not count.',
  ),
  LDAP_Guard_Relinks_Maximum: number(
    500,
    PEOPLE,
    'A run is held when it would link more users than this by another id.',
  ),
  LDAP_Sync_History_Days: number(90, { min: 1, max: 3_650 }, 'How long changes are kept, in days.'),
  LDAP_Sync_History_Runs: number(
    500,
    { min: 10, max: 10_000 },
    'How many reports of each kind of run are kept.',
  ),
  LDAP_Sync_Mail_Administrators: onOff(
    false,
    'Whether administrators are mailed when a run is held or fails.',
  ),
} as const;
