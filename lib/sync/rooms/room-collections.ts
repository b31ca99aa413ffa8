import type { Connection } from 'mongoose';
import { openDatabase } from '../../../models/database.js';
import { messageCollection } from '../../../models/message.js';
import { roomCollection, subscriptionCollection } from '../../../models/room.js';
import { serverEventCollection } from '../../../models/server-event.js';
import { teamMemberCollection } from '../../../models/team.js';
import { TRASH_SECONDS, trashCollection } from '../../../models/trash.js';

/**
 * The collections that are written with rooms and that a host need not have yet: a collection that comes into
 * being in a transaction is a conflict for others. Only for a host with rooms; says whether it has them.
 */
export async function ensureRoomCollections(connection: Connection): Promise<boolean> {
  const rooms = [roomCollection(connection), subscriptionCollection(connection)];
  const trash = trashCollection(connection);
  const written = [messageCollection(connection), teamMemberCollection(connection), trash];
  const names = [...rooms, ...written].map(({ collectionName }) => collectionName);
  const found = await openDatabase(connection)
    .listCollections({ name: { $in: names } }, { nameOnly: true })
    .toArray();
  const there = new Set(found.map(({ name }) => name));
  if (!rooms.every(({ collectionName }) => there.has(collectionName))) return false;
  for (const { collectionName } of written)
    if (!there.has(collectionName)) await makeCollection(connection, collectionName);
  if (!there.has(trash.collectionName)) await makeTrashIndexes(trash);
  return true;
}

/** The collection of the host's audit, for a run that may write to it. */
export async function ensureAuditCollection(connection: Connection): Promise<void> {
  await makeCollection(connection, serverEventCollection(connection).collectionName);
}

const ALREADY_THERE = 48;

async function makeCollection(connection: Connection, name: string): Promise<void> {
  try {
    await openDatabase(connection).createCollection(name);
  } catch (error) {
    if ((error as { code?: unknown }).code !== ALREADY_THERE) throw error;
  }
}

/** As Rocket.Chat makes them. The first keeps the trash from growing without end. */
async function makeTrashIndexes(trash: ReturnType<typeof trashCollection>): Promise<void> {
  await trash.createIndex({ _deletedAt: 1 }, { expireAfterSeconds: TRASH_SECONDS });
  await trash.createIndex({ __collection__: 1 });
  await trash.createIndex({ rid: 1, __collection__: 1, _deletedAt: 1 });
}
