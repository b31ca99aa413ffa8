import mongoose, { type Connection } from 'mongoose';
import { createGridFsAvatarStore, type AvatarStore } from '../../../lib/sync/avatars/avatar-store.js';
import { createChangeLog, type ChangeLog } from '../../../lib/sync/history/change-log.js';
import { NO_DIFF } from '../../../lib/sync/plan/diff.js';
import { createMongoUserStore } from '../../../lib/sync/users/mongo-user-store.js';
import { toParkedName } from '../../../lib/sync/avatars/outdated-avatars.js';
import type { UserStore } from '../../../lib/sync/users/user-store.js';
import { LOST } from '../../setup/leases.js';
import { byPort, openTestDatabase, type TestDatabase } from '../../setup/mongo.js';
import { readEverything } from '../../setup/people-state.js';
import { startTcpProxy, type TcpProxy } from '../../setup/tcp-proxy.js';

const NOW = new Date('2026-01-03T00:00:00Z');
const ADA = {
  _id: 'u1',
  username: 'ada',
  name: 'Ada',
  active: true,
  ldap: true,
  sipExtension: '42',
  services: { ldap: { id: 'a1', idAttribute: 'entryUUID' } },
  ldapSync: { claim: 1, renamedFrom: 'before', unconfirmedBy: 'run0' },
  _updatedAt: NOW,
};
const OFF = {
  ...ADA,
  _id: 'u2',
  username: 'off',
  active: false,
  services: { ldap: { id: 'a2' } },
  ldapSync: { claim: 1, deactivatedByRun: 'run0', unconfirmedBy: 'run9' },
};
const UNMARKED = { _id: 'u3', username: 'unmarked' };
const PICTURE = {
  userId: 'u1',
  username: 'ada',
  image: Buffer.alloc(300_000, 7),
  etag: 'e1',
  type: 'image/jpeg',
} as const;

/**
 * How long the run may still write when it hands its write to the driver, and how long the host then stands
 * still.
 */
const WRITABLE_MS = 250;
const STANDSTILL_MS = 400;

interface Stores {
  readonly users: UserStore;
  readonly avatars: AvatarStore;
  readonly log: ChangeLog;
  readonly mayGoOn: () => Promise<number>;
}

const WRITES: readonly (readonly [string, (stores: Stores) => Promise<unknown>])[] = [
  [
    'a new user',
    ({ users }) => users.insert([{ ...ADA, _id: 'u9', username: 'new', services: { ldap: { id: 'a9' } } }]),
  ],
  [
    'an update',
    ({ users }) =>
      users.update(
        [
          {
            userId: 'u1',
            seenUpdatedAt: NOW,
            seenEmails: undefined,
            diff: { ...NO_DIFF, set: new Map([['name', 'Late']]) },
          },
        ],
        NOW,
      ),
  ],
  ['a mark', ({ users }) => users.claim(['u3'])],
  ['the end of a mark', ({ users }) => users.unclaim(['u1'], true)],
  ['the end of a doubt', ({ users }) => users.confirmLinks(['u1'])],
  ['the end of the doubts of a run', ({ users }) => users.confirmLinksOf(['run0'])],
  [
    'a deactivation',
    ({ users }) =>
      users.deactivate({ userId: 'u1', ldapId: 'a1', because: 'missing-from-directory' }, 'run1', NOW),
  ],
  ['a reactivation', ({ users }) => users.reactivate('u2', 'run0', NOW)],
  ['a renaming', ({ users }) => users.rename('u1', { from: 'ada', to: 'other' }, NOW)],
  ['the end of a renaming', ({ users }) => users.finishRename('u1')],
  ['a clearing', ({ users }) => users.exchange('u1', [{ field: 'sipExtension', from: '42' }], NOW)],
  [
    'another address',
    ({ users }) =>
      users.exchange('u1', [{ field: 'emails', to: [{ address: 'new@x.org', verified: true }] }], NOW),
  ],
  ['a picture', ({ avatars, mayGoOn }) => avatars.write(PICTURE, mayGoOn)],
  [
    'the end of other pictures',
    ({ avatars, mayGoOn }) => avatars.removeOthers({ userId: 'u1', username: 'ada' }, 'kept', mayGoOn),
  ],
  ['the new name of a picture', ({ avatars, mayGoOn }) => avatars.rename('u1', 'other', mayGoOn)],
  [
    'the end of a dead run’s pictures',
    ({ avatars, mayGoOn }) => avatars.removeSuperseded?.(mayGoOn) ?? Promise.resolve(),
  ],
  [
    'an account',
    ({ log }) => log.write([{ kind: 'write', outcome: 'updated', state: 'done', userId: 'u1', fields: [] }]),
  ],
  ['a corrected account', ({ log }) => log.correct('run1/p/0000001', [])],
];

describe('a host that stands still while its write waits for a connection, until others may write', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let connection: Connection;
  let isSlow = false;

  beforeAll(async () => {
    database = await openTestDatabase();
    proxy = await startTcpProxy({
      targetPort: Number(new URL(database.url).port),
      distort: (chunk) => (isSlow ? { chunks: [Buffer.alloc(0), chunk], pauseMs: 100 } : { chunks: [chunk] }),
    });
    connection = await mongoose
      .createConnection(byPort(database.url, proxy.port).href, { autoIndex: false, maxPoolSize: 1 })
      .asPromise();
  });
  afterAll(async () => {
    await connection.close();
    await proxy.close();
    await database.close();
  });

  beforeEach(async () => {
    const { connection: direct } = database;
    for (const name of Object.keys(await readEverything(direct)))
      await direct.collection(name).deleteMany({});
    await direct.collection('users').insertMany([ADA, OFF, UNMARKED] as never[]);
    const picture = {
      name: 'ada',
      userId: 'u1',
      store: 'GridFS:Avatars',
      complete: true,
      uploading: false,
      uploadedAt: NOW,
    };
    const parked = {
      name: toParkedName('u9'),
      store: 'GridFS:Avatars',
      complete: false,
      uploading: true,
      uploadedAt: NOW,
    };
    await direct.collection('rocketchat_avatars').insertMany([
      { _id: 'kept', ...picture, etag: 'e2' },
      { _id: 'old', ...picture, etag: 'e0' },
      { _id: 'begun', ...parked },
    ] as never[]);
    await direct
      .collection('ldap_sync_changes')
      .insertOne({ _id: 'run1/p/0000001' as never, at: NOW, rows: [{ userId: 'u1' }] });
  });

  function openStores(permit: () => number): Stores {
    const mayGoOn = () => new Promise<number>((resolve) => resolve(permit()));
    return {
      users: createMongoUserStore(connection, {
        id: 'run1',
        fence: 1,
        mayWrite: mayGoOn,
        writableMs: permit,
      }),
      avatars: createGridFsAvatarStore({ connection, clock: () => NOW }),
      log: createChangeLog(connection, { id: 'run2', writableMs: permit }, { days: 90, clock: () => NOW }),
      mayGoOn,
    };
  }

  /** The one connection is waited for; `standStill` stops everything here, as SIGSTOP does. */
  async function writeLate(
    write: (stores: Stores) => Promise<unknown>,
    writableMs: number,
    standStill: () => void,
  ): Promise<unknown> {
    await connection.collection('users').findOne({});
    const endsAt = performance.now() + writableMs;
    const stores = openStores(() => {
      const left = Math.floor(endsAt - performance.now());
      if (left < 1) throw LOST;
      return left;
    });
    isSlow = true;
    const before = connection.collection('users').findOne({});
    await new Promise((resolve) => setImmediate(resolve));
    const end = write(stores).then(
      () => undefined,
      (error: unknown) => error,
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    isSlow = false;
    standStill();
    await before;
    return end;
  }

  it.each(WRITES)('does not send %s', async (_what, write) => {
    const before = await readEverything(database.connection);
    const failure = await writeLate(
      write,
      WRITABLE_MS,
      () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STANDSTILL_MS),
    );
    expect(failure).toMatchObject({ code: 'lease-lost' });
    expect(await readEverything(database.connection)).toEqual(before);
  });

  it.each(WRITES)('sends %s when it does not stand still', async (_what, write) => {
    const before = await readEverything(database.connection);
    expect(await writeLate(write, 30_000, () => undefined)).toBeUndefined();
    expect(await readEverything(database.connection)).not.toEqual(before);
  });
});
