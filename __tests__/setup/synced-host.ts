import type { RunReport } from '../../models/run-report.js';
import type { UserRecord } from '../../models/user.js';
import { createHost, storeSettings, type TestHost } from './host.js';
import { openTestDatabase, type TestDatabase } from './mongo.js';

/** A chat server with a database of its own for each test, and what a test asks of it. */
export interface SyncedHost {
  set(settings: Readonly<Record<string, unknown>>): Promise<void>;
  sync(): Promise<RunReport>;
  autoLogout(): Promise<RunReport | undefined>;
  /** Other values of fields of a user. */
  change(username: string, fields: object): Promise<unknown>;
  user(username: string): Promise<UserRecord | undefined>;
  /** User names, and whether they are on, in the order of the names. */
  states(): Promise<Readonly<Record<string, boolean | undefined>>>;
}

/** For the suite it is called in. The settings are read when a test begins. */
export function useSyncedHost(settings: () => Readonly<Record<string, unknown>>): SyncedHost {
  let database: TestDatabase;
  let host: TestHost;
  beforeEach(async () => {
    database = await openTestDatabase();
    await storeSettings(database.connection, settings());
    host = createHost(database.connection);
  });
  afterEach(async () => {
    await host.ldapSync.stop();
    await database.close();
  });

  const users = async (): Promise<readonly UserRecord[]> =>
    (await database.connection
      .collection('users')
      .find({})
      .sort({ username: 1 })
      .toArray()) as unknown as UserRecord[];

  return {
    set: (changes) => storeSettings(database.connection, changes),
    sync: () => host.ldapSync.sync(),
    autoLogout: () => host.ldapSync.autoLogout(),
    change: (username, fields) =>
      database.connection.collection('users').updateOne({ username }, { $set: fields }),
    user: async (name) => (await users()).find(({ username }) => username === name),
    states: async () =>
      Object.fromEntries((await users()).map(({ username = '', active }) => [username, active])),
  };
}
