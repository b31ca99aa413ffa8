import type { Connection } from 'mongoose';
import request from 'supertest';
import { fenceCollection } from '../../../models/fence.js';
import { leaseCollection } from '../../../models/lease.js';
import { syncRunCollection } from '../../../models/sync-run.js';
import { userCollection } from '../../../models/user.js';
import type { ActiveRun } from '../../../lib/sync/run/active-run.js';
import { createFence } from '../../../lib/sync/run/fence.js';
import { within } from '../../../lib/sync/run/transaction.js';
import { createLease } from '../../../lib/sync/run/lease.js';
import { createMongoUserStore } from '../../../lib/sync/users/mongo-user-store.js';
import { cleanOldMarks } from '../../../lib/sync/users/clean-old-marks.js';
import { AUTH_HEADERS, createHost, seedAdmin } from '../../setup/host.js';
import { expireLease } from '../../setup/leases.js';
import { openConnection, openTestDatabase, type TestDatabase } from '../../setup/mongo.js';
import { startRun } from '../../setup/writing-run.js';

let database: TestDatabase;
let other: Connection;
let begun: Map<ActiveRun, Connection>;
beforeEach(async () => {
  database = await openTestDatabase();
  other = await openConnection(database.url);
  begun = new Map();
  await users().insertOne({ _id: 'u1', name: 'Ada' });
});
afterEach(async () => {
  for (const run of begun.keys()) await run.abandon(true);
  await other.close();
  await database.close();
});

const users = () => userCollection(database.connection);
const lease = () => leaseCollection(database.connection).findOne({ _id: 'ldap-sync' });
const record = (run: ActiveRun) => syncRunCollection(database.connection).findOne({ _id: run.id });
const number = async () =>
  (await fenceCollection(database.connection).findOne({ _id: 'ldap-sync-fence' }))?.fence;
async function start(connection = database.connection): Promise<ActiveRun> {
  const run = await startRun(connection);
  begun.set(run, connection);
  return run;
}
async function startOver(connection = database.connection): Promise<ActiveRun> {
  const run = await start(connection);
  await run.takeOver();
  return run;
}
const connectionOf = (run: ActiveRun): Connection => begun.get(run) ?? database.connection;
const write = (run: ActiveRun, name: string) =>
  run.transactions.attempt(async ({ tx }) => {
    const own = userCollection(connectionOf(run));
    await own.updateOne({ _id: 'u1' }, { $set: { name } }, within(tx));
  });

/** The run's transaction has changed a user and the fence, and its host stands still before it commits. */
async function standStill(run: ActiveRun): Promise<{ wake(): Promise<unknown> }> {
  let wake = (): void => undefined;
  const awake = new Promise<void>((resolve) => (wake = resolve));
  const fence = createFence(connectionOf(run));
  const own = userCollection(connectionOf(run));
  const held = await fence.number();
  let ended: Promise<unknown> = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    ended = run.transactions
      .attempt(async ({ tx }) => {
        await own.updateOne({ _id: 'u1' }, { $set: { name: 'Late' } }, within(tx));
        const runs = syncRunCollection(connectionOf(run));
        await runs.updateOne({ _id: run.id }, { $inc: { 'counts.updated': 1 } }, within(tx));
        await fence.pass(held, tx!);
        resolve();
        await awake;
      })
      .then(
        () => undefined,
        (error: unknown) => {
          reject(error instanceof Error ? error : new Error(String(error)));
          return error;
        },
      );
  });
  return {
    wake() {
      wake();
      return ended;
    },
  };
}

/** Of the former holder nobody knows the session, as on a server that does not let it be ended. */
const forgetSessions = () =>
  leaseCollection(database.connection).updateOne({ _id: 'ldap-sync' }, { $unset: { sessions: '' } });

describe('a host that takes over from one that stands still in the middle of a transaction', () => {
  it('ends its session and writes at once; what the former host then commits is refused', async () => {
    const former = await startOver(other);
    const sleeper = await standStill(former);
    await expireLease(database.connection);
    const next = await startOver();
    await write(next, 'Next');
    expect(await sleeper.wake()).toBeInstanceOf(Error);
    await expect(write(former, 'Late')).rejects.toMatchObject({ code: 'lease-lost' });
    expect(await users().findOne({ _id: 'u1' })).toEqual({ _id: 'u1', name: 'Next' });
    expect((await record(former))?.transactions).toBeUndefined();
  });

  it('says what it waits for, in its record and in ldap.status, where it cannot end the session', async () => {
    await seedAdmin(database.connection);
    const host = createHost(database.connection);
    const former = await startOver(other);
    const sleeper = await standStill(former);
    await expireLease(database.connection);
    await forgetSessions();
    const next = await start();
    const taken = next.takeOver();
    while (!(await record(next))?.waitingFor) await new Promise((resolve) => setTimeout(resolve, 10));
    const waitingFor = { code: 'former-transaction', since: expect.any(String) as string };
    const { body } = await request(host.app).get('/api/v1/ldap.status').set(AUTH_HEADERS);
    expect(body).toMatchObject({ running: { runId: next.id, waitingFor } });
    await sleeper.wake();
    await taken;
    expect(await record(former)).toMatchObject({ state: 'interrupted' });
    expect(await record(next)).not.toHaveProperty('waitingFor');
    await write(next, 'Next');
    await expect(write(former, 'Late')).rejects.toMatchObject({ code: 'lease-lost' });
    expect(await users().findOne({ _id: 'u1' })).toEqual({ _id: 'u1', name: 'Next' });
    await host.ldapSync.stop();
  });

  it('ends also the session of the one before the one before, who died before it could', async () => {
    const first = await startOver(other);
    const sleeper = await standStill(first);
    await expireLease(database.connection);
    const second = await start();
    await second.abandon(false);
    await expireLease(database.connection);
    const third = await start();
    expect((await lease())?.sessions).toHaveLength(3);
    await third.takeOver();
    await write(third, 'Third');
    expect((await lease())?.sessions).toHaveLength(1);
    expect(await sleeper.wake()).toBeInstanceOf(Error);
    await expect(second.takeOver()).rejects.toMatchObject({ code: 'lease-lost' });
    expect(await users().findOne({ _id: 'u1' })).toEqual({ _id: 'u1', name: 'Third' });
  });

  it('takes no notice of a host that wakes and starts to take over only now', async () => {
    const former = await start(other);
    await expireLease(database.connection);
    const next = await startOver();
    await expect(former.takeOver()).rejects.toMatchObject({ code: 'lease-lost' });
    await write(next, 'Next');
    expect(await users().findOne({ _id: 'u1' })).toMatchObject({ name: 'Next' });
  });

  it('is left alone by whoever was only starting: that run ends, the other goes on', async () => {
    const former = await start(other);
    await expireLease(database.connection);
    const next = await start();
    await former.checkIn();
    expect(() => former.assertGoingOn()).toThrow(expect.objectContaining({ code: 'lease-lost' }));
    await former.finish({ state: 'failed' });
    expect(await record(former)).toMatchObject({ state: 'interrupted' });
    expect(await record(next)).toMatchObject({ state: 'running' });
    expect((await lease())?.runId).toBe(next.id);
  });
});

describe('leases that somebody has deleted', () => {
  it('begin anew with their numbers, and lock nobody out but earlier holders', async () => {
    for (let run = 0; run < 3; run += 1) await (await startOver()).finish({ state: 'completed' });
    const sleeper = await startOver(other);
    expect(await number()).toBe(4);
    await leaseCollection(database.connection).deleteMany({ _id: { $ne: 'ldap-sync-fence' as never } });
    const next = await startOver();
    expect([await number(), (await lease())?.fence]).toEqual([5, 5]);
    await write(next, 'Next');
    await expect(write(sleeper, 'Late')).rejects.toMatchObject({ code: 'lease-lost' });
    await next.finish({ state: 'completed' });
    await write(await startOver(), 'After');
    expect([await number(), (await lease())?.fence]).toEqual([6, 6]);
  });

  it('and the fence with them, do so too', async () => {
    await (await startOver()).finish({ state: 'completed' });
    await leaseCollection(database.connection).deleteMany({});
    await write(await startOver(), 'Next');
    expect([await number(), (await lease())?.fence]).toEqual([1, 1]);
  });
});

describe('a host of an earlier version, which knows only runId, expiresAt and fence of the lease', () => {
  const leases = () => database.connection.collection('ldap_sync_lease');
  const acquireAsBefore = (runId: string) =>
    leases().findOneAndUpdate(
      { _id: 'ldap-sync' as never, $or: [{ runId: null }, { expiresAt: { $lt: new Date() } }] },
      {
        $set: { runId, expiresAt: new Date(Date.now() + 60_000) },
        $unset: { cancelledBy: '' },
        $inc: { fence: 1 },
      },
      { returnDocument: 'after' },
    );

  it('gets no lease that a new one holds, and gets it afterwards', async () => {
    const run = await startOver();
    expect(await acquireAsBefore('old')).toBeNull();
    await run.finish({ state: 'completed' });
    expect(await acquireAsBefore('old')).toMatchObject({ runId: 'old', fence: 2 });
  });

  it('keeps its lease from a new one, which takes over when it is silent and raises the fence above both', async () => {
    await (await startOver()).finish({ state: 'completed' });
    await acquireAsBefore('old');
    expect(await createLease(database.connection).acquire('new')).toEqual({
      held: false,
      holderRunId: 'old',
    });
    await expireLease(database.connection);
    const run = await startOver();
    await write(run, 'New');
    expect([await number(), (await lease())?.fence]).toEqual([3, 3]);
    expect(await users().findOne({ _id: 'u1' })).toMatchObject({ name: 'New' });
  });

  it('that takes a lease over ends the run of a new one at its next look', async () => {
    const run = await startOver();
    await expireLease(database.connection);
    await acquireAsBefore('old');
    await run.checkIn();
    expect(() => run.assertGoingOn()).toThrow(expect.objectContaining({ code: 'lease-lost' }));
  });
});

describe('the marks of versions before transactions', () => {
  const mark = () =>
    users().insertMany([
      { _id: 'm1', ldapSync: { claim: 3, takenByRun: 'r1' } },
      { _id: 'm2', ldapSync: { claim: 3, photo: 'hash' } },
      { _id: 'm3', ldapSync: { takenByRun: 'r1', renamedFrom: 'ada' } },
    ] as never[]);
  const clean = async (run: ActiveRun) =>
    cleanOldMarks(run, { connection: database.connection, users: createMongoUserStore(database.connection) });
  const marks = async () =>
    (await users()
      .find({ _id: { $regex: '^m' } })
      .sort({ _id: 1 })
      .toArray()) as object[];

  it('are taken off once, and nothing else of a user is', async () => {
    await mark();
    const run = await startOver();
    await clean(run);
    const cleaned = [
      { _id: 'm1' },
      { _id: 'm2', ldapSync: { photo: 'hash' } },
      { _id: 'm3', ldapSync: { renamedFrom: 'ada', unfinished: ['renamedFrom'] } },
    ];
    expect(await marks()).toEqual(cleaned);
    await run.finish({ state: 'completed' });

    await users().updateOne({ _id: 'm1' }, { $set: { 'ldapSync.claim': 4 } });
    const asked = jest.spyOn(users(), 'find');
    const next = await startOver();
    await clean(next);
    expect(next.isFreeOfMarks).toBe(true);
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
    expect((await marks())[0]).toMatchObject({ ldapSync: { claim: 4 } });
  });

  it('are taken off by the next run where one was killed meanwhile', async () => {
    await mark();
    const run = await startOver();
    run.stop();
    await expect(clean(run)).rejects.toMatchObject({ code: 'run-stopped' });
    await run.finish({ state: 'interrupted' });
    await clean(await startOver());
    expect(await users().countDocuments({ 'ldapSync.claim': { $exists: true } })).toBe(0);
  });
});
