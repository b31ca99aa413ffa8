import type { Connection } from 'mongoose';
import { userModel, type UserRecord } from '../../models/user.js';
import { fenceWrites, type FencedWrites, type WritePermit } from './fenced-writes.js';
import type { RemovalResult } from './user-store.js';
import { toRemovalResult } from './write-failures.js';

export interface Rename {
  readonly userId: string;
  readonly from: string | undefined;
  readonly to: string;
  readonly now: Date;
  /** Also has to hold of the user, and is taken off with the renaming. */
  readonly filter: object;
  readonly unset: Readonly<Record<string, ''>>;
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
 * Gives a user another user name, first in `users` (where uniqueness decides), then wherever Rocket.Chat repeats it:
 * messages, subscriptions, rooms and direct-message rooms. Each step may be repeated.
 */
export async function renameEverywhere(
  connection: Connection,
  { userId, from, to, now, filter, unset, permit }: Rename,
): Promise<RemovalResult> {
  const users = fenceWrites(userModel(connection).collection, permit);
  const writes = (name: string): FencedWrites => fenceWrites(connection.collection(name), permit);
  const before = (await userModel(connection).collection.findOne({ _id: userId as never }, { projection: { 'ldapSync.renamedFrom': 1 } })) as Pick<UserRecord, 'ldapSync'> | null;
  const unfinished = before?.ldapSync?.renamedFrom;
  // An earlier renaming that was cut off: from here on nobody knows its first name any more.
  if (unfinished !== undefined && from !== undefined && unfinished !== from) await renameInDirectMessages(writes, userId, unfinished, from);
  try {
    const { matchedCount } = await users.updateOne(
      { ...filter, _id: userId, ...(from === undefined ? {} : { username: { $in: [from, to] } }) },
      { $set: { username: to, _updatedAt: now, ...(from === undefined ? {} : { 'ldapSync.renamedFrom': from }) }, $unset: unset },
    );
    if (matchedCount !== 1) return 'changed';
  } catch (error) {
    return toRemovalResult(error);
  }
  for (const [collection, idField, nameField] of REPETITIONS) {
    await writes(collection).updateMany({ [idField]: userId }, { $set: { [nameField]: to } });
  }
  if (from !== undefined) await renameInDirectMessages(writes, userId, from, to);
  return 'done';
}

async function renameInDirectMessages(writes: (name: string) => FencedWrites, userId: string, from: string, to: string): Promise<void> {
  await writes('rocketchat_room').updateMany({ t: 'd', uids: userId, usernames: from }, { $set: { 'usernames.$': to } });
  await writes('rocketchat_subscription').updateMany({ t: 'd', name: from, 'u._id': { $ne: userId } }, { $set: { name: to } });
}
