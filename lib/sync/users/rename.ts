import type { Connection } from 'mongoose';
import { openCollection } from '../../../models/database.js';
import { userCollection, type UserRecord } from '../../../models/user.js';
import { LOOK_UP_BATCH, toBatches } from '../../batches.js';
import { fenceWrites, type FencedWrites, type WritePermit } from '../run/fenced-writes.js';
import type { RemovalResult, Renaming } from './user-store.js';
import { CLAIM, TAKEN } from '../run/user-marks.js';
import { toRemovalResult } from './write-failures.js';

export interface Rename extends Renaming {
  readonly userId: string;
  readonly now: Date;
  /** A further filter that the user has to match. */
  readonly filter: object;
  readonly runId: string;
  readonly permit: WritePermit;
}

/** Where Rocket.Chat repeats a user name beside the user's id: collection, filter by id, field to set. */
const REPETITIONS = [
  ['rocketchat_message', 'u._id', 'u.username'],
  ['rocketchat_subscription', 'u._id', 'u.username'],
  ['rocketchat_room', 'u._id', 'u.username'],
  ['rocketchat_room', 'lastMessage.u._id', 'lastMessage.u.username'],
  ['rocketchat_message', 'editedBy._id', 'editedBy.username'],
] as const;

/**
 * Gives a user another user name, first in `users` (where uniqueness decides), then wherever Rocket.Chat
 * repeats it: messages, subscriptions, rooms and direct-message rooms. Each step may be repeated.
 */
export async function renameEverywhere(
  connection: Connection,
  { userId, from, to, now, filter, runId, permit }: Rename,
): Promise<RemovalResult> {
  const users = userCollection(connection);
  const writes = (name: string): FencedWrites => fenceWrites(openCollection(connection, name), permit);
  // An earlier renaming may have been cut off; this one finishes it too.
  const before = (await users.findOne(
    { _id: userId },
    { projection: { 'ldapSync.renamedFrom': 1 } },
  )) as Pick<UserRecord, 'ldapSync'> | null;
  const unfinished = before?.ldapSync?.renamedFrom;
  try {
    const { matchedCount } = await fenceWrites(users, permit).updateOne(
      { ...filter, _id: userId, ...(from === undefined ? {} : { username: { $in: [from, to] } }) },
      {
        $set: {
          username: to,
          _updatedAt: now,
          [TAKEN]: runId,
          ...(from === undefined ? {} : { 'ldapSync.renamedFrom': unfinished ?? from }),
        },
        $unset: { [CLAIM]: '' },
      },
    );
    if (matchedCount !== 1) return 'changed';
  } catch (error) {
    return toRemovalResult(error);
  }
  for (const [collection, idField, nameField] of REPETITIONS) {
    await writes(collection).updateMany({ [idField]: userId }, { $set: { [nameField]: to } });
  }
  for (const name of new Set([unfinished, from]))
    if (name !== undefined && name !== to)
      await renameInDirectMessages(userId, { from: name, to }, { connection, writes });
  return 'done';
}

/** Only in the user's own rooms: somebody else may have the old name by now. */
async function renameInDirectMessages(
  userId: string,
  { from, to }: { readonly from: string; readonly to: string },
  {
    connection,
    writes,
  }: { readonly connection: Connection; readonly writes: (name: string) => FencedWrites },
): Promise<void> {
  await writes('rocketchat_room').updateMany(
    { t: 'd', uids: userId, usernames: from },
    { $set: { 'usernames.$': to } },
  );
  const rooms = await openCollection(connection, 'rocketchat_room')
    .find({ t: 'd', uids: userId }, { projection: { _id: 1 } })
    .toArray();
  for (const batch of toBatches(rooms, LOOK_UP_BATCH)) {
    await writes('rocketchat_subscription').updateMany(
      { t: 'd', rid: { $in: batch.map(({ _id }) => _id) }, name: from, 'u._id': { $ne: userId } },
      { $set: { name: to } },
    );
  }
}
