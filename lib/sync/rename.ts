import type { Connection } from 'mongoose';
import { userModel } from '../../models/user.js';
import { fenceWrites, type FencedWrites, type WritePermit } from './fenced-writes.js';
import { isDuplicateKey } from './write-failures.js';

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
): Promise<'done' | 'changed' | 'duplicate'> {
  const users = fenceWrites(userModel(connection).collection, permit);
  const writes = (name: string): FencedWrites => fenceWrites(connection.collection(name), permit);
  try {
    const { matchedCount } = await users.updateOne(
      { ...filter, _id: userId, ...(from === undefined ? {} : { username: { $in: [from, to] } }) },
      { $set: { username: to, _updatedAt: now, ...(from === undefined ? {} : { 'ldapSync.renamedFrom': from }) }, $unset: unset },
    );
    if (matchedCount !== 1) return 'changed';
  } catch (error) {
    if (isDuplicateKey(error)) return 'duplicate';
    throw error;
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
