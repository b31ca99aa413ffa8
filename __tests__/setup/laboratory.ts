import mongoose from 'mongoose';
import { avatarCollection } from '../../models/avatar.js';
import { leaseCollection } from '../../models/lease.js';
import { syncChangeCollection } from '../../models/sync-change.js';
import { syncRunCollection } from '../../models/sync-run.js';
import { userCollection, type UserRecord } from '../../models/user.js';
import { createEngine, type Engine } from './engine.js';
import { openTestDatabase, type TestDatabase } from './mongo.js';
import type { World } from './worlds.js';

/** One database and one engine, in which world after world is built. */
export interface Laboratory {
  /** Forgets the world before and stores this one. */
  build(world: World): Promise<Engine>;
  users(): Promise<UserRecord[]>;
  /** Stores what the host has in every world from now on. */
  furnish(collection: string, documents: readonly object[]): Promise<void>;
  /** Everything a collection holds, byte for byte. */
  dump(collection: 'users' | 'rocketchat_avatars'): Promise<string>;
}

/** For the suite it is called in. */
export function useLaboratory(): Laboratory {
  let database: TestDatabase;
  let engine: ReturnType<typeof createEngine>;
  beforeAll(async () => {
    database = await openTestDatabase();
    engine = createEngine(database.connection);
  });
  afterAll(() => database.close());

  async function build({ entries, users, settings }: World): Promise<Engine> {
    const { connection } = database;
    const people = userCollection(connection);
    const avatars = avatarCollection(connection);
    // Dropping a collection takes longer than a whole run does.
    const collections = [
      people,
      avatars,
      leaseCollection(connection),
      syncRunCollection(connection),
      syncChangeCollection(connection),
    ];
    for (const collection of collections) await collection.deleteMany({});
    if (users.length > 0) await people.insertMany(users.map((user) => structuredClone(user)));
    const owner = users.find(({ ldap }) => ldap);
    if (owner)
      await avatars.insertOne({
        _id: 'uploaded',
        userId: owner._id,
        name: owner.username,
        complete: true,
      });
    return engine.of(entries, settings);
  }

  async function read(collection: string): Promise<object[]> {
    return database.connection.collection(collection).find({}).sort({ _id: 1 }).toArray();
  }

  return {
    build,
    users: async () => (await read('users')) as UserRecord[],
    async furnish(collection, documents) {
      await database.connection.collection(collection).insertMany(documents.map((one) => ({ ...one })));
    },
    dump: async (collection) => toText(await read(collection)),
  };
}

/** A value with all its types, and its fields in their order. */
export function toText(value: object): string {
  return mongoose.mongo.BSON.EJSON.stringify(value, { relaxed: false });
}
