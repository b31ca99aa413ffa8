import type { Connection } from 'mongoose';
import { subscriptionCollection, type SubscriptionRecord } from '../../../models/room.js';
import { LOOK_UP_BATCH, toBatches } from '../../batches.js';
import { within, type Transaction } from '../run/transaction.js';

/** Rooms, by the ids of users. */
type RoomsByUser = ReadonlyMap<string, ReadonlySet<string>>;

/** Who has a subscription of a room. */
interface Subscribed {
  /** Members. */
  readonly inside: RoomsByUser;
  /** Who is banned, or is only invited: no member, and nobody who may be brought in. */
  readonly barred: RoomsByUser;
}

interface Scene {
  readonly connection: Connection;
  readonly tx?: Transaction;
}

/** Which of these users are in which of these rooms. */
export async function findMembers(
  rids: readonly string[],
  userIds: readonly string[],
  scene: Scene,
): Promise<RoomsByUser> {
  return (await findSubscribed(rids, userIds, scene)).inside;
}

export async function findSubscribed(
  rids: readonly string[],
  userIds: readonly string[],
  { connection, tx }: Scene,
): Promise<Subscribed> {
  const inside = new Map<string, Set<string>>();
  const barred = new Map<string, Set<string>>();
  if (rids.length === 0) return { inside, barred };
  for (const batch of toBatches(userIds, LOOK_UP_BATCH)) {
    const found = subscriptionCollection(connection).find(
      { 'u._id': { $in: batch }, rid: { $in: [...rids] } },
      { ...within(tx), projection: { rid: 1, 'u._id': 1, status: 1 } },
    );
    for await (const subscription of found) {
      const { rid, u } = subscription;
      const list = isMember(subscription) ? inside : barred;
      list.set(u._id, (list.get(u._id) ?? new Set()).add(rid));
    }
  }
  return { inside, barred };
}

/** Whoever is banned or invited has a subscription, too, and counts nowhere. */
export function isMember({ status }: { readonly status?: unknown }): boolean {
  return status === undefined || status === null;
}

/** The whole subscriptions of these users in these rooms. */
export async function readSubscriptions(
  rids: readonly string[],
  userIds: readonly string[],
  { connection, tx }: Scene,
): Promise<readonly SubscriptionRecord[]> {
  const found: SubscriptionRecord[] = [];
  for (const batch of toBatches(userIds, LOOK_UP_BATCH)) {
    const filter = { 'u._id': { $in: batch }, rid: { $in: [...rids] } };
    found.push(...(await subscriptionCollection(connection).find(filter, within(tx)).toArray()));
  }
  return found;
}
