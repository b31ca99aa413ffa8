import { roomCollection, subscriptionCollection, type RoomRecord } from '../../../models/room.js';
import { LOOK_UP_BATCH, toBatches } from '../../batches.js';
import { within } from '../run/transaction.js';
import { isMember } from './find-members.js';
import type { RoomReading } from './room-scene.js';

/** A room of which attributes say who may be in it (ABAC). */
export type GuardedRoom = Pick<
  RoomRecord,
  '_id' | 'name' | 'fname' | 'teamId' | 'teamMain' | 'abacAttributes'
>;

const FIELDS = { name: 1, fname: 1, teamId: 1, teamMain: 1, abacAttributes: 1 } as const;

/** The guarded rooms in which each of these users is; who is in none is absent. */
export async function findGuardedRooms(
  userIds: readonly string[],
  reading: RoomReading,
): Promise<ReadonlyMap<string, readonly GuardedRoom[]>> {
  const { connection, tx } = reading;
  const byUser = new Map<string, string[]>();
  for (const batch of toBatches(userIds, LOOK_UP_BATCH)) {
    const found = subscriptionCollection(connection).find(
      { 'u._id': { $in: batch } },
      { ...within(tx), projection: { rid: 1, 'u._id': 1, status: 1 } },
    );
    for await (const one of found)
      if (isMember(one)) byUser.set(one.u._id, [...(byUser.get(one.u._id) ?? []), one.rid]);
  }
  const rooms = await readGuardedRooms([...new Set([...byUser.values()].flat())], reading);
  return new Map(
    [...byUser].flatMap(([userId, rids]) => {
      const guarded = rids.sort().flatMap((rid) => rooms.get(rid) ?? []);
      return guarded.length > 0 ? [[userId, guarded] as const] : [];
    }),
  );
}

/** Those of the rooms that are guarded. */
export async function readGuardedRooms(
  rids: readonly string[],
  { connection, tx }: RoomReading,
): Promise<ReadonlyMap<string, GuardedRoom>> {
  const rooms = new Map<string, GuardedRoom>();
  for (const batch of toBatches(rids, LOOK_UP_BATCH)) {
    const filter = { _id: { $in: batch }, 'abacAttributes.0': { $exists: true } };
    const found = roomCollection(connection).find(filter, { ...within(tx), projection: FIELDS });
    for await (const room of found) rooms.set(room._id, room);
  }
  return rooms;
}
