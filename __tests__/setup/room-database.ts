import type { Connection } from 'mongoose';
import { openCollection } from '../../models/database.js';
import { ensureRoomCollections } from '../../lib/sync/rooms/room-collections.js';
import type { MappedRoom } from '../../lib/sync/rooms/mapped-room.js';
import { createRoomWrites, type RoomWrites } from '../../lib/sync/rooms/room-writes.js';
import type { RoomScene } from '../../lib/sync/rooms/room-scene.js';
import { openTestDatabase, type TestDatabase } from './mongo.js';

export type Document = Readonly<Record<string, unknown>>;

export const NOW = new Date('2026-03-01T12:00:00Z');
export const LONG_AGO = new Date('2020-01-01T00:00:00Z');
export const HEX = expect.stringMatching(/^[0-9a-f]{24}$/) as string;
export const DATE = expect.any(Date) as Date;

export const ROOMS = 'rocketchat_room';
export const SUBSCRIPTIONS = 'rocketchat_subscription';
export const MESSAGES = 'rocketchat_message';
export const TEAMS = 'rocketchat_team';
export const MEMBERS = 'rocketchat_team_member';
export const TRASH = 'rocketchat__trash';

/** The database of a chat server, in which rooms are written. */
export interface RoomDatabase {
  connection(): Connection;
  insert(name: string, ...documents: readonly Document[]): Promise<unknown>;
  /** Users whose ids are `u-` and their user names. */
  users(...names: readonly string[]): Promise<void>;
  /** A channel, or a private group where the id begins with `p`, with members, their roles after a colon. */
  room(rid: string, members?: readonly string[], fields?: Document): Promise<void>;
  all(name: string, filter?: object): Promise<readonly Document[]>;
  find(name: string, id: string): Promise<Document | null>;
  set(name: string, id: string, fields: object): Promise<unknown>;
  /** In a transaction, with the counts written at its end. */
  write<T>(work: (rooms: RoomWrites) => Promise<T>, manner?: Partial<RoomScene>): Promise<T>;
}

/** For the suite it is called in. */
export function useRoomDatabase(): RoomDatabase {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await openTestDatabase();
    const { connection } = database;
    for (const name of [ROOMS, SUBSCRIPTIONS, TEAMS, 'users']) await connection.createCollection(name);
    await connection.collection(ROOMS).createIndex({ name: 1 }, { unique: true, sparse: true });
    await connection.collection(SUBSCRIPTIONS).createIndex({ rid: 1, 'u._id': 1 }, { unique: true });
    await ensureRoomCollections(connection);
  });
  afterEach(() => database.close());

  const collection = (name: string) => openCollection(database.connection, name);
  const insert: RoomDatabase['insert'] = (name, ...documents) =>
    collection(name).insertMany(documents as never[]);

  return {
    connection: () => database.connection,
    insert,
    async users(...names) {
      await insert('users', ...names.map(toUser));
    },
    async room(rid, members = [], fields = {}) {
      const t = rid.startsWith('p') ? 'p' : 'c';
      await insert(ROOMS, { _id: rid, t, name: rid, usersCount: members.length, msgs: 7, ...fields });
      for (const member of members) await insert(SUBSCRIPTIONS, toMember(rid, t, member));
    },
    all: (name, filter = {}) => collection(name).find(filter).sort({ _id: 1 }).toArray(),
    find: (name, _id) => collection(name).findOne({ _id }),
    set: (name, _id, fields) => collection(name).updateOne({ _id }, { $set: fields }),
    async write(work, manner = {}) {
      const { connection } = database;
      const session = await connection.startSession();
      try {
        return await session.withTransaction(async () => {
          const rooms = createRoomWrites({
            connection,
            tx: session,
            now: NOW,
            sendsMessages: true,
            ...manner,
          });
          const result = await work(rooms);
          await rooms.writeCounts();
          return result;
        });
      } finally {
        await session.endSession();
      }
    },
  };
}

const toUser = (username: string): Document => ({
  _id: `u-${username}`,
  username,
  name: `${username.slice(0, 1).toUpperCase()}${username.slice(1)}`,
  type: 'user',
  active: true,
});

const toMember = (rid: string, t: string, member: string): Document => {
  const [username = '', role] = member.split(':');
  return {
    _id: `${rid}/${username}`,
    rid,
    t,
    name: rid,
    u: { _id: `u-${username}`, username },
    ts: LONG_AGO,
    ...(role === undefined ? {} : { roles: [role] }),
  };
};

/** A room as the maps have it. */
export const toMapped = (rid: string, fields: Partial<MappedRoom> = {}): MappedRoom => ({
  kind: 'channels',
  name: rid,
  rid,
  shown: rid,
  isToBeMade: false,
  alsoJoins: [],
  ...fields,
});
