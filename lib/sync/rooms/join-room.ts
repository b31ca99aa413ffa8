import type { Connection } from 'mongoose';
import { isDuplicateKey } from '../../../models/database-errors.js';
import { openCollection } from '../../../models/database.js';
import { roomCollection, subscriptionCollection } from '../../../models/room.js';
import { TransactionConflict } from '../run/transactions.js';
import { within, type Transaction } from '../run/transaction.js';
import { TOUCHED } from '../users/name-place.js';
import { isForNewcomers, isGuarded } from './default-rooms.js';
import { JOINED_FIELDS, JOINING_FIELDS, toSubscription, type Joining } from './subscription.js';

interface JoiningScene {
  readonly connection: Connection;
  readonly tx: Transaction;
  readonly now: Date;
  /** The room is joined because it is a default room. */
  readonly isDefault: boolean;
}

/**
 * People join a room silently, as Rocket.Chat writes it: a subscription each, the room in the list of each
 * user, and the number of members. The room is written once and last, since every message in it writes the
 * room, too. Who is in the room already, or no longer a user, is left out, and nobody joins a room that is
 * gone or guarded by ABAC, or is no default room any more. Says how many have joined.
 */
export async function joinRoom(
  rid: string,
  userIds: readonly string[],
  { connection, tx, now, isDefault }: JoiningScene,
): Promise<number> {
  const rooms = roomCollection(connection);
  const projection = { ...JOINED_FIELDS, ...DEFAULT_FIELDS, abacAttributes: 1 } as const;
  const room = await rooms.findOne({ _id: rid }, { ...within(tx), projection });
  if (!room || isGuarded(room) || (isDefault && !isForNewcomers(room))) return 0;
  const joining = await findJoining(rid, userIds, { connection, tx });
  if (joining.length === 0) return 0;
  const subscriptions = joining.map((user) => toSubscription(room, user, { now, isDefault }));
  try {
    await subscriptionCollection(connection).insertMany(subscriptions, within(tx));
  } catch (error) {
    // Somebody has let one of them in since the transaction began; the next attempt sees it.
    throw isDuplicateKey(error) ? new TransactionConflict(error) : error;
  }
  const ids = joining.map(({ _id }) => _id);
  await openCollection(connection, 'users').updateMany(
    { _id: { $in: ids }, ...HAS_ROOMS },
    { $addToSet: { __rooms: rid }, ...TOUCHED },
    within(tx),
  );
  await rooms.updateOne({ _id: rid }, { $inc: { usersCount: joining.length }, ...TOUCHED }, within(tx));
  return joining.length;
}

const DEFAULT_FIELDS = { default: 1, teamDefault: 1, teamMain: 1 } as const;

/** Only a list takes a room. */
const HAS_ROOMS = { $or: [{ __rooms: { $exists: false } }, { __rooms: { $type: 'array' } }] };

/** Those of the users who are there, and not in the room. */
async function findJoining(
  rid: string,
  userIds: readonly string[],
  { connection, tx }: Pick<JoiningScene, 'connection' | 'tx'>,
): Promise<readonly Joining[]> {
  const inside = await subscriptionCollection(connection)
    .find({ rid, 'u._id': { $in: [...userIds] } }, { ...within(tx), projection: { 'u._id': 1 } })
    .toArray();
  const known = new Set(inside.map(({ u }) => u._id));
  const wanted = userIds.filter((id) => !known.has(id));
  return openCollection<Joining>(connection, 'users')
    .find({ _id: { $in: wanted } }, { ...within(tx), projection: JOINING_FIELDS })
    .toArray();
}
