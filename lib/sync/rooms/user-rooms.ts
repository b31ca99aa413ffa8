import { openCollection } from '../../../models/database.js';
import { within } from '../run/transaction.js';
import { TOUCHED } from '../users/name-place.js';
import { canBePathPart, toPriorityPath } from '../users/switching/room-priorities.js';
import type { RoomPlace, RoomReading } from './room-scene.js';

/**
 * The list of rooms at each user (`__rooms`), and the place of each user in the lists of members
 * (`roomRolePriorities`). A list of another shape is left as it is.
 */
const HAS_ROOMS = { $or: [{ __rooms: { $exists: false } }, { __rooms: { $type: 'array' } }] };
const HAS_PRIORITIES = {
  $or: [{ roomRolePriorities: { $exists: false } }, { roomRolePriorities: { $type: 'object' } }],
};

type UserWrite = { readonly filter: object; readonly update: object };

export async function addRooms(places: readonly RoomPlace[], reading: RoomReading): Promise<void> {
  const writes = [...toRoomsByUser(places)].map(([_id, rids]) => ({
    filter: { _id, ...HAS_ROOMS },
    update: { $addToSet: { __rooms: { $each: rids } }, ...TOUCHED },
  }));
  await writeUsers(writes, reading);
}

export async function takeRooms(places: readonly RoomPlace[], reading: RoomReading): Promise<void> {
  const writes = [...toRoomsByUser(places)].flatMap(([_id, rids]): UserWrite[] => {
    const paths = rids.filter(canBePathPart).map(toPriorityPath);
    return [
      {
        filter: { _id, __rooms: { $type: 'array' } },
        update: { $pull: { __rooms: { $in: rids } }, ...TOUCHED },
      },
      {
        filter: { _id, $or: paths.map((path) => ({ [path]: { $exists: true } })) },
        update: { $unset: Object.fromEntries(paths.map((path) => [path, ''])), ...TOUCHED },
      },
    ].slice(0, paths.length > 0 ? 2 : 1);
  });
  await writeUsers(writes, reading);
}

/** As Rocket.Chat ranks members; who has none of these roles stands behind them. */
const PRIORITIES = { owner: 0, leader: 250, moderator: 500 } as const;

export async function setPriority(
  { rid, userId }: RoomPlace,
  roles: unknown,
  reading: RoomReading,
): Promise<void> {
  const listed: readonly unknown[] = Array.isArray(roles) ? roles : [];
  const best = Object.entries(PRIORITIES).find(([role]) => listed.includes(role));
  if (!best || !canBePathPart(rid)) return;
  const update = { $set: { [toPriorityPath(rid)]: best[1] }, ...TOUCHED };
  await writeUsers([{ filter: { _id: userId, ...HAS_PRIORITIES }, update }], reading);
}

function toRoomsByUser(places: readonly RoomPlace[]): ReadonlyMap<string, readonly string[]> {
  const rooms = new Map<string, string[]>();
  for (const { rid, userId } of places) rooms.set(userId, [...(rooms.get(userId) ?? []), rid]);
  return rooms;
}

async function writeUsers(writes: readonly UserWrite[], { connection, tx }: RoomReading): Promise<void> {
  if (writes.length === 0) return;
  const operations = writes.map((updateOne) => ({ updateOne }));
  await openCollection(connection, 'users').bulkWrite(operations, within(tx));
}
