import type { SyncSettings } from '../../../../lib/settings/sync-settings.js';
import { NO_DIFF } from '../../../../lib/sync/plan/diff.js';
import { MEMBERSHIP } from '../../../../lib/sync/removals/kinds/membership.js';
import type { ConfirmFacts, RoomMove } from '../../../../lib/sync/removals/kinds/removal-kind.js';
import { NO_RULES } from '../../../../lib/sync/rooms/membership-rules.js';
import type { RemovalRow } from '../../../../models/change-row.js';
import type { UserRecord } from '../../../../models/user.js';
import { ADA } from '../../../setup/entries.js';
import { toRow } from '../../../setup/removal-rows.js';

const USER: UserRecord = { _id: 'u1', username: 'ada', active: true, type: 'user' };
const NAMES = [
  { kind: 'channels', name: 'dev' },
  { kind: 'teams', name: 'makers' },
] as const;
const ROOM = {
  kind: 'channels',
  name: 'dev',
  rid: 'r1',
  shown: 'Dev',
  isToBeMade: false,
  alsoJoins: [],
} as const;
const ROW: RemovalRow = { ...toRow('membership', 'u1'), room: { kind: 'channels', rid: 'r1', names: NAMES } };
const FACTS: ConfirmFacts = {
  person: { ...ADA, disabled: false },
  entry: { dn: 'cn=ada', attributes: new Map() },
  formerEntry: undefined,
  user: USER,
  owners: { usernames: new Map(), emails: new Map() },
  settings: {} as SyncSettings,
  withheld: NAMES,
  memberships: {
    ...NO_RULES,
    toLeave: (rid) => (rid === 'r1' ? ROOM : undefined),
    namesOf: () => NAMES,
  },
};
const present = (moved?: RoomMove, changes: Partial<UserRecord> = {}) => ({
  user: { ...USER, ...changes },
  admins: [],
  stamp: { runId: 'run1', now: new Date(0) },
  moved,
});

it('leaving a room asks about every name by which groups give it, and about nothing without a room', () => {
  expect(MEMBERSHIP.takes?.(ROW)).toEqual(NAMES);
  expect(MEMBERSHIP.takes?.(toRow('membership', 'u1'))).toEqual([]);
});

it('leaving a room is confirmed when every name is withheld', () => {
  expect(MEMBERSHIP.confirm(ROW, NO_DIFF, FACTS)).toEqual({
    by: 'not-given',
    reason: 'is in no group that gives the room',
  });
});

const FOLLOWS_NOT = 'The rooms of the user do not follow groups: the user is off, or may be somebody else.';
const LEAVES_NOT = 'The settings no longer take anybody out of the room.';
const GIVEN = 'A group gives the person the room, or does not say for certain that it does not.';

it.each<[string, Partial<ConfirmFacts>, string]>([
  ['the entry cannot be mapped', { person: undefined }, FOLLOWS_NOT],
  ['the user is off', { user: { ...USER, active: false } }, FOLLOWS_NOT],
  ['the settings take nobody out of it', { memberships: NO_RULES }, LEAVES_NOT],
  ['one name is not withheld', { withheld: NAMES.slice(0, 1) }, GIVEN],
  ['the other name is not withheld', { withheld: NAMES.slice(1) }, GIVEN],
  ['a role of that name is withheld', { withheld: [{ kind: 'roles', name: 'dev' }, NAMES[1]] }, GIVEN],
])('leaving a room is refused when %s', (_, changes, refused) => {
  expect(MEMBERSHIP.confirm(ROW, NO_DIFF, { ...FACTS, ...changes })).toEqual({ refused });
});

it('leaving is refused for a row without a room', () => {
  expect(MEMBERSHIP.confirm(toRow('membership', 'u1'), NO_DIFF, FACTS)).toEqual({ refused: LEAVES_NOT });
});

it.each<[string, RoomMove | undefined, Partial<UserRecord>, object]>([
  ['left it', { state: 'left', subscriptionId: 's1' }, {}, { update: undefined }],
  ['left the team alone', { state: 'left-team' }, {}, { update: undefined }],
  ['is off', { state: 'left', subscriptionId: 's1' }, { active: false }, { obstacle: 'changed' }],
  ['was moved by nobody', undefined, {}, { obstacle: 'changed' }],
  ['was not there', { obstacle: 'not-there' }, {}, { obstacle: 'changed' }],
  ['is the last owner', { obstacle: 'last-owner' }, {}, { obstacle: 'last-owner' }],
])('leaving is done, or not, for a user who %s', (_, moved, changes, carried) => {
  expect(MEMBERSHIP.carryOut(ROW, present(moved, changes))).toEqual(carried);
});

it.each<[string, RoomMove | undefined, object]>([
  ['is back', { state: 'back' }, { update: undefined }],
  ['is inside already', { state: 'inside' }, { obstacle: 'changed' }],
  ['can no longer be given back', { state: 'gone' }, { obstacle: 'membership-gone' }],
  ['was moved by nobody', undefined, { obstacle: 'membership-gone' }],
  ['met something', { obstacle: 'not-there' }, { obstacle: 'membership-gone' }],
])('leaving is taken back, or not, when the membership %s', (_, moved, carried) => {
  expect(MEMBERSHIP.takeBack(ROW, present(moved), 'run0')).toEqual(carried);
});
