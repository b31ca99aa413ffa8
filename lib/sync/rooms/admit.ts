import { isDuplicateKey } from '../../../models/database-errors.js';
import { messageCollection } from '../../../models/message.js';
import { subscriptionCollection, type PersonRecord, type RoomRecord } from '../../../models/room.js';
import { within } from '../run/transaction.js';
import { TransactionConflict } from '../run/transactions.js';
import { hasPublicKey, type Comer } from './read-rooms.js';
import type { RoomCounts } from './room-counts.js';
import type { RoomPlace, RoomScene } from './room-scene.js';
import { toPersonRecord, toSubscription } from './subscription.js';
import { joinMessageOf, toSystemMessage } from './system-message.js';
import { addRooms } from './user-rooms.js';

/** Somebody who comes into a room. */
export interface Admission {
  readonly room: RoomRecord;
  readonly user: Comer;
  /** Who has brought the user in. */
  readonly inviter?: PersonRecord;
  /** The room is joined because it is a default room. */
  readonly isDefault?: boolean;
}

/**
 * People come into rooms as Rocket.Chat writes it: a subscription each, the room in the list of each user, a
 * message where one is wanted, and what changes in the room, which is noted and written last. None of them may
 * have a subscription of the room yet.
 */
export async function admit(
  admissions: readonly Admission[],
  scene: RoomScene,
  counts: RoomCounts,
): Promise<void> {
  if (admissions.length === 0) return;
  const { connection, tx, now } = scene;
  const subscriptions = admissions.map(({ room, user, inviter, isDefault }) =>
    toSubscription(room, user, { now, isDefault, inviter }),
  );
  await orConflict(() => subscriptionCollection(connection).insertMany(subscriptions, within(tx)));
  await addRooms(admissions.map(toPlace), scene);
  await tellJoins(admissions, scene);
  for (const { room, user } of admissions) noteArrival(room, user, { scene, counts });
}

/** A document that somebody else has written since the transaction began: the next attempt sees it. */
export async function orConflict<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw isDuplicateKey(error) ? new TransactionConflict(error) : error;
  }
}

/** A message for each, where messages are wanted. */
export async function tellJoins(admissions: readonly Admission[], scene: RoomScene): Promise<void> {
  if (!scene.sendsMessages || admissions.length === 0) return;
  const { connection, tx } = scene;
  const messages = admissions.map(({ room, user, inviter }) => {
    const t = joinMessageOf(room, inviter);
    return toSystemMessage({ t, rid: room._id, about: toPersonRecord(user), inviter }, scene);
  });
  await messageCollection(connection).insertMany(messages, within(tx));
}

interface Arrival {
  readonly scene: RoomScene;
  readonly counts: RoomCounts;
  /** The user has the key of the room already. */
  readonly hasKey?: boolean;
}

export function noteArrival(
  room: RoomRecord,
  user: Comer,
  { scene: { now, sendsMessages, usesEncryption = false }, counts, hasKey = false }: Arrival,
): void {
  const isWaiting = usesEncryption && room.encrypted === true && hasPublicKey(user) && !hasKey;
  counts.note(room, {
    members: 1,
    messages: sendsMessages ? 1 : 0,
    ...(isWaiting ? { waits: { userId: user._id, ts: now } } : {}),
  });
}

function toPlace({ room, user }: Admission): RoomPlace {
  return { rid: room._id, userId: user._id };
}
