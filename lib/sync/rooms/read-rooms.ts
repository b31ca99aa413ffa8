import { openCollection } from '../../../models/database.js';
import { roomCollection, type RoomRecord } from '../../../models/room.js';
import { LOOK_UP_BATCH, toBatches } from '../../batches.js';
import { within } from '../run/transaction.js';
import { COUNTED_FIELDS } from './room-counts.js';
import { OBSTACLE_FIELDS } from './room-obstacle.js';
import type { RoomReading } from './room-scene.js';
import { JOINED_FIELDS, JOINING_FIELDS, type Joining } from './subscription.js';

const ROOM_FIELDS = {
  ...JOINED_FIELDS,
  ...OBSTACLE_FIELDS,
  ...COUNTED_FIELDS,
  default: 1,
  teamId: 1,
  teamMain: 1,
  teamDefault: 1,
} as const;

/** Rooms by their ids; who is gone is not among them. */
export async function readRooms(
  rids: Iterable<string>,
  { connection, tx }: RoomReading,
): Promise<Map<string, RoomRecord>> {
  const rooms = new Map<string, RoomRecord>();
  const options = { ...within(tx), projection: ROOM_FIELDS };
  for (const batch of toBatches([...new Set(rids)], LOOK_UP_BATCH)) {
    const found = await roomCollection(connection)
      .find({ _id: { $in: batch } }, options)
      .toArray();
    for (const room of found) rooms.set(room._id, room);
  }
  return rooms;
}

/** Somebody who is to join a room, as the host has stored the user. */
export interface Comer extends Joining {
  readonly active?: unknown;
  readonly federated?: unknown;
  readonly e2e?: unknown;
}

const COMER_FIELDS = { ...JOINING_FIELDS, active: 1, federated: 1, 'e2e.public_key': 1 } as const;

/** Users by their ids; who is gone is not among them. */
export async function readComers(
  userIds: Iterable<string>,
  { connection, tx }: RoomReading,
): Promise<ReadonlyMap<string, Comer>> {
  const comers = new Map<string, Comer>();
  for (const batch of toBatches([...new Set(userIds)], LOOK_UP_BATCH)) {
    const found = await openCollection<Comer>(connection, 'users')
      .find({ _id: { $in: batch } }, { ...within(tx), projection: COMER_FIELDS })
      .toArray();
    for (const comer of found) comers.set(comer._id, comer);
  }
  return comers;
}

/** Whether the chat server knows the key by which the user reads encrypted rooms. */
export function hasPublicKey({ e2e }: Pick<Comer, 'e2e'>): boolean {
  const key = (e2e as { public_key?: unknown } | null | undefined)?.public_key;
  return typeof key === 'string' && key !== '';
}

/** A user without a name is in no room, nor is a user of another server in one of this server alone. */
export function mayEnter({ username, federated }: Pick<Comer, 'username' | 'federated'>): boolean {
  return typeof username === 'string' && username !== '' && federated !== true;
}
