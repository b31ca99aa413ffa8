import type { Connection } from 'mongoose';
import { toBatches } from '../../batches.js';
import { CALLS, CONFERENCES } from './call-names.js';
import { DIRECT_ROOMS, weighDirectRoom, writeDirectRooms } from './direct-room-names.js';
import { followDocuments, type Following } from './follow-documents.js';
import type { ShownNamePlace } from './name-place.js';
import { readPresentNames } from './present-names.js';
import { findUserIds, hasUnfinished, unmark } from './user-mark.js';

/** What people see first comes first. Of a message Rocket.Chat keeps the display name that its author had. */
const SHOWN_NAME_PLACES: readonly ShownNamePlace[] = [
  {
    collection: DIRECT_ROOMS.collection,
    find: (userIds) => ({ uids: { $in: userIds }, t: 'd' }),
    reads: { uids: 1 },
    weigh: weighDirectRoom,
    update: writeDirectRooms,
  },
  CONFERENCES,
  CALLS,
];

/** Users whose names follow together: calls have no index, so that each group reads all of them. */
const GROUP = 100;

/** Groups that one call takes on; what is left waits for the next run. */
const MAX_GROUPS = 100;

/**
 * After new display names were committed in `users`: they follow wherever Rocket.Chat repeats them, for many users
 * at once, since a renamed attribute changes everybody's. It may be cut off anywhere and is then done again;
 * `ldapSync.namedFrom` goes with the last transaction of a group. True when none is left.
 */
export async function followShownNames(following: Following): Promise<boolean> {
  const groups = [...toBatches(await findUnfinishedNames(following.connection), GROUP)];
  for (const userIds of groups.slice(0, MAX_GROUPS)) await followGroup(userIds, following);
  return groups.length <= MAX_GROUPS;
}

/** The ids of the users whose new display name has not followed everywhere. */
export async function findUnfinishedNames(connection: Connection): Promise<string[]> {
  return findUserIds(connection, hasUnfinished('namedFrom'), { limit: GROUP * MAX_GROUPS + 1 });
}

async function followGroup(userIds: readonly string[], following: Following): Promise<void> {
  const { connection, transact, signal } = following;
  const seen = await readPresentNames(connection, userIds, undefined);
  for (const { find, update, ...documents } of SHOWN_NAME_PLACES)
    await followDocuments({ ...documents, filter: find(userIds) }, following, (tx, ids) =>
      update({ connection, tx, ids }),
    );
  signal.throwIfAborted();
  await transact(async (tx) => {
    const present = await readPresentNames(connection, userIds, tx);
    // Who has yet another name by now is left to the next run.
    const followed = userIds.filter((id) => present.get(id)?.shown === seen.get(id)?.shown);
    await unmark(followed, { work: 'namedFrom' }, { connection, tx });
  });
}
