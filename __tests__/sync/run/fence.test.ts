import type { Connection, mongo } from 'mongoose';
import { openSession } from '../../../models/database.js';
import { fenceCollection } from '../../../models/fence.js';
import { userCollection } from '../../../models/user.js';
import { createFence, type Fence } from '../../../lib/sync/run/fence.js';
import { openConnection, openTestDatabase, type TestDatabase } from '../../setup/mongo.js';

let database: TestDatabase;
let fence: Fence;
let sessions: mongo.ClientSession[];
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  sessions = [];
  await database.connection.collection('ldap_sync_lease').deleteMany({});
  await users().deleteMany({});
  await users().insertOne({ _id: 'u1', name: 'Ada' });
  fence = createFence(database.connection);
});
afterEach(async () => {
  for (const session of sessions) {
    if (session.inTransaction()) await session.abortTransaction().catch(() => undefined);
    await session.endSession();
  }
});

const users = () => userCollection(database.connection);
const stored = async () => (await fenceCollection(database.connection).findOne({}))?.fence;

function raise(number: number, former: { sessions?: mongo.ClientSession[]; signal?: AbortSignal } = {}) {
  const onWaiting = jest.fn(() => Promise.resolve());
  const ids = (former.sessions ?? []).flatMap(({ id }) => id ?? []);
  const signal = former.signal ?? new AbortController().signal;
  return { onWaiting, raised: fence.raise(number, { sessions: ids, signal, onWaiting }) };
}

/** A transaction that has written a user, and is open. */
async function begin(connection: Connection = database.connection): Promise<mongo.ClientSession> {
  const session = openSession(connection);
  sessions.push(session);
  session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } });
  await userCollection(connection).updateOne({ _id: 'u1' }, { $set: { name: 'Late' } }, { session });
  return session;
}

async function expectNothingWritten(): Promise<void> {
  expect(await users().findOne({ _id: 'u1' })).toEqual({ _id: 'u1', name: 'Ada' });
}

describe('raising the fence', () => {
  it('blocks every lower number for good, and lets its own pass as often as it likes', async () => {
    expect(await fence.number()).toBe(0);
    await raise(3).raised;
    expect(await fence.number()).toBe(3);
    for (const number of [0, 1, 2, 4]) {
      const session = await begin();
      await expect(fence.pass(number, session)).rejects.toMatchObject({ code: 'lease-lost' });
      await session.abortTransaction();
      await expectNothingWritten();
    }
    for (let time = 0; time < 2; time += 1) {
      const session = await begin();
      await fence.pass(3, session);
      await session.commitTransaction();
    }
    expect(await users().findOne({ _id: 'u1' })).toMatchObject({ name: 'Late' });
  });

  it('to a lower number is refused, and to the same again is not: the first answer may have been lost', async () => {
    await raise(3).raised;
    await expect(raise(2).raised).rejects.toMatchObject({ code: 'lease-lost' });
    await raise(3).raised;
    expect(await stored()).toBe(3);
  });

  it('by many at once ends with the highest, and whoever is behind is told', async () => {
    const ends = await Promise.allSettled([5, 3, 9, 1, 7].map((number) => raise(number).raised));
    expect(ends[2]).toMatchObject({ status: 'fulfilled' });
    expect(await stored()).toBe(9);
    for (const end of ends)
      if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'lease-lost' });
  });

  it('lets no transaction commit that was open already, though nobody ended it', async () => {
    await raise(1).raised;
    const session = await begin();
    await raise(2).raised;
    await expect(fence.pass(1, session)).rejects.toThrow();
    await session.abortTransaction();
    await expectNothingWritten();
  });

  it('waits for a transaction that has passed and not committed, ends its session, and then nobody can commit it', async () => {
    await raise(1).raised;
    const connection = await openConnection(database.url);
    try {
      const session = await begin(connection);
      await createFence(connection).pass(1, session);
      const { onWaiting, raised } = raise(2, { sessions: [session] });
      await raised;
      expect(onWaiting).toHaveBeenCalledTimes(1);
      await expect(session.commitTransaction()).rejects.toThrow();
      await expectNothingWritten();
      expect(await stored()).toBe(2);
    } finally {
      await connection.close();
    }
  });

  it('ends former sessions also where they do not stand in the way, which frees the users they have written', async () => {
    await raise(1).raised;
    const session = await begin();
    await raise(2, { sessions: [session] }).raised;
    await users().updateOne({ _id: 'u1' }, { $set: { name: 'By hand' } });
    await expect(fence.pass(1, session)).rejects.toThrow();
    expect(await users().findOne({ _id: 'u1' })).toMatchObject({ name: 'By hand' });
  });

  it('waits no longer than the run goes on', async () => {
    await raise(1).raised;
    const session = await begin();
    await fence.pass(1, session);
    const abort = new AbortController();
    const { onWaiting, raised } = raise(2, { signal: abort.signal });
    onWaiting.mockImplementation(() => {
      abort.abort(new Error('The host is shutting down.'));
      return Promise.resolve();
    });
    await expect(raised).rejects.toThrow('shutting down');
    await session.commitTransaction();
    expect(await stored()).toBe(1);
  });

  it('succeeds as soon as such a transaction has ended by itself', async () => {
    await raise(1).raised;
    const session = await begin();
    await fence.pass(1, session);
    const { onWaiting, raised } = raise(2);
    onWaiting.mockImplementation(() => session.commitTransaction());
    await raised;
    expect(await users().findOne({ _id: 'u1' })).toMatchObject({ name: 'Late' });
    expect(await stored()).toBe(2);
  });
});
