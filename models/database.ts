import type { Connection, mongo } from 'mongoose';
import { LdapSyncError } from '../lib/errors.js';

/**
 * How we read and write, whatever the host's connection, its plugins and the options of its mongoose say:
 * from the primary, with writes that outlive a failover, and values as the records of this folder describe
 * them.
 */
const OPTIONS = {
  readPreference: 'primary',
  writeConcern: { w: 'majority' },
  promoteValues: true,
  promoteLongs: true,
  promoteBuffers: false,
  useBigInt64: false,
  bsonRegExp: false,
  ignoreUndefined: false,
  serializeFunctions: false,
  checkKeys: false,
  raw: false,
} as const;

/** Says what to do when the host's connection is not open; a call must not wait until it is. */
export function connectionNotOpen(): LdapSyncError {
  return new LdapSyncError('connection-not-open', 'The MongoDB connection is not open.', {
    remedy:
      'Start MongoDB and open the mongoose connection that was given to createLdapSync; check that it ' +
      'is of the mongoose ' +
      'the host connects with, if two copies are installed.',
  });
}

/**
 * `ConnectionStates.connected`; a number, since the host's mongoose may be another copy than the one we would
 * import.
 */
const CONNECTED = 1;

/**
 * The database of a host's connection, through the driver. Throws `LdapSyncError` (`connection-not-open`) at
 * once where the connection is closed, lost, or not open yet: mongoose would keep the operation until the
 * connection is there.
 */
export function openDatabase(connection: Connection): mongo.Db {
  if ((connection.readyState as number) !== CONNECTED) throw connectionNotOpen();
  return connection.getClient().db(connection.name, OPTIONS);
}

/** A collection of documents whose ids are texts. */
export type Collection<T extends { readonly _id: string }> = mongo.Collection<T>;

/** One object for each collection of a client: making one costs more than a look-up. */
const collections = new WeakMap<mongo.MongoClient, Map<string, mongo.Collection>>();

/** A collection by its name. Throws as {@link openDatabase} does, so it is asked for at each use and not kept. */
export function openCollection<T extends { readonly _id: string }>(
  connection: Connection,
  name: string,
): Collection<T> {
  const database = openDatabase(connection);
  const known = collections.get(database.client) ?? new Map<string, mongo.Collection>();
  collections.set(database.client, known);
  const key = `${database.databaseName}.${name}`;
  const collection = known.get(key) ?? database.collection(name);
  known.set(key, collection);
  return collection as unknown as Collection<T>;
}

/** How a session is named to the server (`lsid`). */
export type SessionId = NonNullable<mongo.ClientSession['id']>;

/** A session for the transactions of one run. Asks the server nothing. Throws as {@link openDatabase} does. */
export function openSession(connection: Connection): mongo.ClientSession {
  return openDatabase(connection).client.startSession({ causalConsistency: true });
}

/** Of a transaction, whatever the host's connection says. */
export const TRANSACTION_OPTIONS = {
  readPreference: 'primary',
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority' },
  timeoutMS: 10_000,
} as const;
