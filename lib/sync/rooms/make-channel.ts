import { isActive } from '../../../models/active-user.js';
import {
  roomCollection,
  subscriptionCollection,
  type MadeRoomRecord,
  type RoomRecord,
} from '../../../models/room.js';
import { within } from '../run/transaction.js';
import { orConflict } from './admit.js';
import type { MappedRoom } from './mapped-room.js';
import { mayEnter, readComers } from './read-rooms.js';
import type { RoomScene } from './room-scene.js';
import { toOwnerSubscription, toPersonRecord } from './subscription.js';
import { addRooms, setPriority } from './user-rooms.js';

/**
 * Makes a public channel with nobody but its owner in it, as Rocket.Chat does, which says no word about it in
 * the channel. `undefined`: somebody has taken the name since it was looked for, or the owner is gone or off;
 * the next run says so.
 */
export async function makeChannel(
  { rid, shown, making }: MappedRoom,
  scene: RoomScene,
): Promise<RoomRecord | undefined> {
  if (!making) return undefined;
  const { connection, tx, now } = scene;
  const rooms = roomCollection(connection);
  const { name, ownerId } = making;
  const taken = await rooms.findOne({ name }, { ...within(tx), projection: { _id: 1 } });
  const owner = (await readComers([ownerId], scene)).get(ownerId);
  if (taken || !owner || !isActive(owner) || !mayEnter(owner)) return undefined;
  const room: MadeRoomRecord = {
    _id: rid,
    fname: shown,
    customFields: { ldap: true },
    name,
    t: 'c',
    msgs: 0,
    usersCount: 1,
    u: toPersonRecord(owner),
    ts: now,
    ro: false,
    _updatedAt: now,
  };
  await orConflict(() => rooms.insertOne(room, within(tx)));
  await orConflict(() =>
    subscriptionCollection(connection).insertOne(toOwnerSubscription(room, owner, scene), within(tx)),
  );
  const place = { rid, userId: ownerId };
  await addRooms([place], scene);
  await setPriority(place, ['owner'], scene);
  return room;
}
