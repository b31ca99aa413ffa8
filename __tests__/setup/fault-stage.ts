import type { Connection } from 'mongoose';
import type { Slapd } from '../../dev/slapd.js';
import type { RunReport } from '../../models/run-report.js';
import { changeFaultDirectory, faultSettings, LEAVERS, startFaultDirectory } from './fault-directory.js';
import { createHost, storeSettings } from './host.js';
import { openTestDatabase, type TestDatabase } from './mongo.js';
import { readPeopleState, type PeopleState } from './people-state.js';

const KEPT = [
  'users',
  'rocketchat_avatars',
  'rocketchat_avatars.files',
  'rocketchat_avatars.chunks',
  'rocketchat_settings',
  'rocketchat_room',
  'rocketchat_subscription',
  'rocketchat_message',
];
const EMPTIED = [
  'ldap_sync_runs',
  'ldap_sync_changes',
  'ldap_sync_lease',
  'ldap_sync_plans',
  'ldap_sync_settings_changes',
];

type Documents = readonly Record<string, unknown>[];

/**
 * A database that holds an earlier, complete sync of a directory that has changed since; as often as it is
 * asked for.
 */
export interface FaultStage {
  readonly slapd: Slapd;
  readonly database: TestDatabase;
  /** What a run that nobody disturbs makes of it. */
  readonly expected: PeopleState;
  /** Back to the earlier sync. */
  reset(settings?: Readonly<Record<string, unknown>>): Promise<void>;
  state(): Promise<PeopleState>;
  /**
   * People and conversations are as a run that nobody disturbs would have left them. Superseded pictures are not
   * looked at here: killed.test.ts has the rule about them.
   */
  expectUndisturbedEnd(): Promise<void>;
  /** A run in this process, with the directory as it is. */
  plainRun(): Promise<RunReport>;
  /** Nobody is off but who has left, and the accounts of the host are as they were. */
  expectNoHarm(leavers?: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export async function openFaultStage(): Promise<FaultStage> {
  const slapd = await startFaultDirectory();
  const database = await openTestDatabase();
  const { connection } = database;
  await seedHostAccounts(connection);
  await storeSettings(connection, faultSettings(slapd));
  const first = await createHost(connection).ldapSync.sync();
  if (first.state !== 'completed') throw new Error(`The stage could not be set: ${JSON.stringify(first)}`);
  await seedConversations(connection);
  const kept = new Map<string, Documents>();
  for (const name of KEPT) kept.set(name, await connection.collection(name).find({}).toArray());
  await changeFaultDirectory(slapd);

  const userIds = new Map(
    (kept.get('users') ?? []).map(({ _id, username }) => [username as string, _id as string]),
  );
  const hosts = (kept.get('users') ?? []).filter(({ ldap }) => ldap !== true);

  const stage = {
    slapd,
    database,
    async reset(settings: Readonly<Record<string, unknown>> = {}) {
      for (const name of [...KEPT, ...EMPTIED]) await connection.collection(name).deleteMany({});
      for (const [name, documents] of kept)
        if (documents.length > 0) await connection.collection(name).insertMany([...documents]);
      await storeSettings(connection, settings);
    },
    state: () => readPeopleState(connection),
    async plainRun() {
      await storeSettings(connection, { LDAP_Port: slapd.port, LDAP_Timeout: 60_000 });
      return createHost(connection).ldapSync.sync();
    },
    async expectNoHarm(leavers: readonly string[] = LEAVERS) {
      const allowed = new Set(leavers.map((username) => userIds.get(username)));
      const off = await connection.collection('users').find({ active: false }).toArray();
      expect(
        off
          .filter(({ _id }) => !allowed.has(_id as unknown as string))
          .map(({ username }) => username as string),
      ).toEqual([]);
      expect(
        await connection
          .collection('users')
          .find({ ldap: { $ne: true } })
          .sort({ _id: 1 })
          .toArray(),
      ).toEqual(hosts);
    },
    async close() {
      await database.close();
      await slapd.stop();
    },
  };
  await stage.reset();
  const undisturbed = await stage.plainRun();
  if (undisturbed.state !== 'completed')
    throw new Error(`The undisturbed run did not complete: ${JSON.stringify(undisturbed)}`);
  await stage.expectNoHarm();
  const expected = await stage.state();
  return {
    ...stage,
    expected,
    async expectUndisturbedEnd() {
      const { users, pictures, conversations } = await stage.state();
      expect({ users, pictures, conversations }).toEqual({
        users: expected.users,
        pictures: expected.pictures,
        conversations: expected.conversations,
      });
    },
  };
}

/** Whether the report says that a picture could not be stored: that costs the picture, not the run. */
export function lacksPictures({ attention }: Pick<RunReport, 'attention'>): boolean {
  return attention.some(({ reason }) => reason.includes('could not be stored'));
}

/** Of those who will have another name: each talks to a host, and has said something in a channel. */
async function seedConversations(connection: Connection): Promise<void> {
  const talkers = ['person10', 'person11', 'person12', 'person13', 'photo1'];
  const users = await connection
    .collection('users')
    .find({ username: { $in: talkers } })
    .toArray();
  const names = users.map(({ _id, username }) => ({ id: String(_id), username: username as string }));
  await connection.collection('rocketchat_room').insertMany([
    { _id: 'channel' as never, t: 'c', name: 'channel', muted: ['person13', 'host-b'] },
    ...names.map(({ id, username }) => ({
      _id: `d-${username}` as never,
      t: 'd',
      uids: [id, 'host-a'],
      usernames: [username, 'host-a'],
      usersCount: 2,
    })),
  ]);
  await connection.collection('rocketchat_subscription').insertMany(
    names.flatMap(({ id, username }) => [
      {
        _id: `d-${username}-host` as never,
        rid: `d-${username}`,
        t: 'd',
        name: username,
        fname: `Person ${username}`,
        u: { _id: 'host-a', username: 'host-a' },
      },
      { _id: `c-${username}` as never, rid: 'channel', t: 'c', name: 'channel', u: { _id: id, username } },
    ]),
  );
  await connection.collection('rocketchat_message').insertMany(
    names.flatMap(({ id, username }) =>
      Array.from({ length: 20 }, (_, index) => ({
        _id: `m-${username}-${index}` as never,
        rid: 'channel',
        msg: `Is @${username} here?`,
        mentions: [{ _id: id, username }],
        u: { _id: id, username },
      })),
    ),
  );
}

async function seedHostAccounts(connection: Connection): Promise<void> {
  await connection.collection('users').insertMany(
    ['host-a', 'host-b', 'host-c'].map((username) => ({
      _id: username as never,
      username,
      name: username,
      type: 'user',
      active: true,
      roles: ['admin'],
      emails: [{ address: `${username}@host.example`, verified: true }],
    })),
  );
}
