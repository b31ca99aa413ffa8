import type { RemovalRow } from '../../../models/change-row.js';
import type { Advice } from '../../advice.js';
import type { Obstacle } from './kinds/removal-kind.js';
import { FEDERATED } from './obstacles.js';
import { KINDS } from './kinds/removal-kinds.js';

/** What is said of somebody who cannot be restored. */
export const TO_OBSTACLE: Readonly<Record<Obstacle, (row: RemovalRow) => Advice>> = {
  changed: toChangedSince,
  // A revert gives a name back although a team has it, so this never occurs here.
  team: toChangedSince,
  // A revert takes no role.
  'last-role': toChangedSince,
  federated: () => FEDERATED,
  'last-admin': () => LAST_ADMIN,
  'photo-deleted': () => PHOTO_DELETED,
  // A revert takes nobody out of a room.
  'last-owner': toChangedSince,
  'membership-gone': () => MEMBERSHIP_GONE,
};

function toChangedSince({ kind }: RemovalRow): Advice {
  return {
    code: 'changed-since',
    params: { kind },
    reason: `${KINDS[kind].changedSince} since, or never was changed by that run; it stays as it is.`,
    remedy: 'Look at the user, and change by hand what is wrong.',
  };
}

const PHOTO_DELETED: Advice = {
  code: 'photo-deleted',
  params: {},
  reason: 'The photo was deleted when the run took it away, so it cannot be given back.',
  remedy: 'Put the photo into the directory again and run the sync, or let the person upload a picture.',
};

const MEMBERSHIP_GONE: Advice = {
  code: 'membership-gone',
  params: {},
  reason:
    'The chat server no longer has what the user had in the room, or the room is gone, so the user is not ' +
    'brought back into it.',
  remedy: 'Add the user to the room in the chat server, or put the person into the group and run the sync.',
};

const LAST_ADMIN: Advice = {
  code: 'last-administrator',
  params: { cause: 'reverted' },
  reason: 'The user is the last active administrator, so the user stays on.',
  remedy: 'Make somebody else an administrator, then switch the user off by hand.',
};

/** For a kind that exchanges no names, and yet meets a unique index of the host's. */
export const NEVER_TAKEN: Advice = {
  code: 'changed-since',
  params: {},
  reason: 'The database allows no two users to have this value.',
  remedy: 'Look at the user, and change by hand what is wrong.',
};
