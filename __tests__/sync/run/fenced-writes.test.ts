import { openCollection } from '../../../models/database.js';
import { setTimeout as wait } from 'node:timers/promises';
import mongoose from 'mongoose';
import { silentLogger } from '../../../lib/logger.js';
import { createActiveRun } from '../../../lib/sync/run/active-run.js';
import { fenceWrites } from '../../../lib/sync/run/fenced-writes.js';
import { startStopwatch } from '../../../lib/sync/run/stopwatch.js';
import { openTestDatabase, type TestDatabase } from '../../setup/mongo.js';

/** Longer than a busy machine needs to send a write. */
const PERMIT_MS = 60_000;
const standStill = (ms: number) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

describe('a fenced write', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  it('counts what the host slept through while it asked for its permit', async () => {
    const encoded: string[] = [];
    const collection = {
      updateOne: async (
        _filter: unknown,
        _update: unknown,
        { comment }: { comment: { toBSON(): string } },
      ) => {
        encoded.push(comment.toBSON());
        return { matchedCount: 1 };
      },
    };
    const permit = async () => {
      await Promise.resolve().then(() => standStill(60));
      return 30;
    };
    await expect(fenceWrites(collection as never, permit).updateOne({}, {})).rejects.toMatchObject({
      code: 'lease-lost',
    });
    expect(encoded).toEqual([]);
  });

  it('tells what the database said, however late, when it had been sent in time', async () => {
    const things = database.connection.collection('things');
    await things.insertOne({ _id: 'twice' as never });
    const late = {
      insertOne: async (document: never, options: never) => {
        const end = await things.insertOne(document, options).catch((error: unknown) => error);
        const answeredAt = Date.now() + 2 * PERMIT_MS;
        jest.spyOn(Date, 'now').mockReturnValue(answeredAt);
        throw end;
      },
    };
    try {
      await expect(
        fenceWrites(late as never, () => PERMIT_MS).insertOne({ _id: 'twice' }),
      ).rejects.toMatchObject({ code: 11_000 });
    } finally {
      jest.restoreAllMocks();
    }
  });

  it.each([
    ['listens to commands', { monitorCommands: true }],
    ['compresses', { compressors: ['zlib'] }],
    ['does not retry', { retryWrites: false }],
    ['does not buffer', { bufferCommands: false }],
    ['checks keys', { checkKeys: true }],
    ['leaves out what is undefined', { ignoreUndefined: true }],
    ['demands a version of the API', { serverApi: { version: '1', strict: true } }],
  ])('works on a connection that %s', async (_, options) => {
    const connection = await mongoose
      .createConnection(database.url, { autoIndex: false, ...options } as never)
      .asPromise();
    try {
      const writes = fenceWrites(openCollection(connection, 'some'), () => 5_000);
      await writes.deleteMany({});
      await writes.insertMany([{ _id: 'a' }, { _id: 'b' }]);
      await writes.insertOne({ _id: 'c' });
      await writes.updateOne({ _id: 'a' }, { $set: { x: 1 } });
      await writes.updateMany({}, { $set: { y: 1 } });
      await writes.bulkWrite([{ updateOne: { filter: { _id: 'b' }, update: { $set: { z: 1 } } } }]);
      expect(await database.connection.collection('some').find({}).sort({ _id: 1 }).toArray()).toEqual([
        { _id: 'a', x: 1, y: 1 },
        { _id: 'b', y: 1, z: 1 },
        { _id: 'c', y: 1 },
      ]);
    } finally {
      await connection.close();
    }
  });
});

const HEARTBEAT_MS = 50;

it('an old renewal of the lease that is answered late takes nothing from a newer one', async () => {
  const answers: ((isHeld: boolean) => void)[] = [];
  const lease = {
    renew: () => new Promise<boolean>((resolve) => answers.push(resolve)),
    look: () => Promise.resolve({ runId: 'r' }),
  };
  const run = createActiveRun(
    {
      id: 'r',
      kind: 'sync',
      of: undefined,
      requestedBy: { _id: 'x' },
      startedAt: new Date(),
      fence: 1,
      provenAt: undefined,
      sinceAsked: startStopwatch(),
    },
    {
      runs: {} as never,
      lease: lease as never,
      leaseTimes: { life: 60_000, heartbeat: HEARTBEAT_MS, safety: 0 },
      clock: () => new Date(),
      logger: silentLogger,
    },
  );
  try {
    while (answers.length < 3) await wait(5);
    answers[2]?.(true);
    await wait(1);
    const left = run.writableMs();
    const elapsed = startStopwatch();
    answers[0]?.(true);
    await wait(1);
    // The old renewal was asked for two heartbeats before the newer one.
    expect(run.writableMs() + elapsed()).toBeGreaterThan(left - HEARTBEAT_MS);
  } finally {
    run.abandon();
  }
});
