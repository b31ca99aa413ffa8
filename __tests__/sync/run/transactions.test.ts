import mongoose, { mongo, type Connection } from 'mongoose';
import { userCollection } from '../../../models/user.js';
import { syncChangeCollection } from '../../../models/sync-change.js';
import { syncRunCollection } from '../../../models/sync-run.js';
import { createChangeLog, type ChangeLog } from '../../../lib/sync/history/change-log.js';
import type { ActiveRun } from '../../../lib/sync/run/active-run.js';
import { within, type Transaction } from '../../../lib/sync/run/transaction.js';
import { TransactionConflict } from '../../../lib/sync/run/transactions.js';
import { createEngine } from '../../setup/engine.js';
import { many, toPerson } from '../../setup/histories.js';
import { openConnection, openTestDatabase, type TestDatabase } from '../../setup/mongo.js';
import { startWriting } from '../../setup/writing-run.js';

const REASON = { reason: 'Because.', remedy: 'Do this.' };

describe('a transaction of a run', () => {
  let database: TestDatabase;
  let run: ActiveRun;
  let log: ChangeLog;
  beforeEach(async () => {
    database = await openTestDatabase();
    run = await startWriting(database.connection);
    log = createChangeLog(database.connection, run, { days: 90, clock: () => new Date() });
    await users().insertOne({ _id: 'u1', name: 'Ada' });
  });
  afterEach(async () => {
    await run.abandon(true);
    await database.close();
  });

  const users = () => userCollection(database.connection);

  /** Changes a user, and writes down, counts and tells it. */
  const change = (then?: (tx: NonNullable<Transaction>, attempt: number) => void) => {
    let attempts = 0;
    return run.transactions.attempt(async ({ tx, tally }) => {
      await users().updateOne({ _id: 'u1' }, { $set: { name: 'Countess' } }, within(tx));
      await log.write([{ kind: 'write', outcome: 'updated', state: 'done', userId: 'u1', fields: [] }], tx);
      tally.count('updated');
      tally.removed(1);
      tally.attention({ outcome: 'updated', userId: 'u1', ...REASON });
      attempts += 1;
      then?.(tx!, attempts);
      return attempts;
    });
  };

  async function read(): Promise<object> {
    const record = await syncRunCollection(database.connection).findOne({ _id: run.id });
    const {
      counts,
      removed,
      attention,
      transactions = 0,
    } = record ?? { attention: [], counts: { updated: 0 } };
    return {
      name: (await users().findOne({ _id: 'u1' }))?.name,
      rows: await syncChangeCollection(database.connection).countDocuments(),
      updated: counts.updated,
      removed,
      attention: attention.length,
      transactions,
      inMemory: run.tally.counts().updated,
    };
  }
  const NOTHING = {
    name: 'Ada',
    rows: 0,
    updated: 0,
    removed: 0,
    attention: 0,
    transactions: 0,
    inMemory: 0,
  };
  const ONCE = {
    name: 'Countess',
    rows: 1,
    updated: 1,
    removed: 1,
    attention: 1,
    transactions: 1,
    inMemory: 1,
  };

  it('that is committed has done everything: users, history, counts, attention', async () => {
    expect(await change()).toBe(1);
    expect(await read()).toEqual(ONCE);
  });

  it('that fails has done nothing, in memory neither', async () => {
    const failure = new Error('The host is gone.');
    const failing = change(() => {
      throw failure;
    });
    await expect(failing).rejects.toBe(failure);
    expect(await read()).toEqual(NOTHING);
    await change();
    expect(await read()).toEqual(ONCE);
  });

  it('behind the fence has done nothing', async () => {
    await database.connection
      .collection('ldap_sync_lease')
      .updateOne({ _id: 'ldap-sync-fence' as never }, { $set: { fence: 99 } });
    await expect(change()).rejects.toMatchObject({ code: 'lease-lost' });
    expect(await read()).toEqual(NOTHING);
  });

  it('that meets somebody else’s write has done nothing, and the next attempt sees that write', async () => {
    const other = await openConnection(database.url);
    try {
      const meeting = run.transactions.attempt(async ({ tx, tally }) => {
        await users().findOne({ _id: 'u1' }, within(tx));
        await userCollection(other).updateOne({ _id: 'u1' }, { $set: { name: 'By hand' } });
        tally.count('updated');
        await users().updateOne({ _id: 'u1' }, { $set: { sipExtension: '1' } }, within(tx));
      });
      await expect(meeting).rejects.toBeInstanceOf(TransactionConflict);
      expect(await read()).toEqual({ ...NOTHING, name: 'By hand' });
      await change();
      expect(await read()).toEqual(ONCE);
    } finally {
      await other.close();
    }
  });

  it('that the driver repeats counts once', async () => {
    const attempts = await change((tx, attempt) => {
      if (attempt > 1) return;
      replaceCommit(tx, async () => {
        await tx.abortTransaction();
        throw labelled('TransientTransactionError', 251);
      });
    });
    expect(attempts).toBe(2);
    expect(await read()).toEqual(ONCE);
  });

  it('whose answer is lost counts once when it was committed', async () => {
    await change((tx) => replaceCommit(tx, (commit) => commit().then(() => Promise.reject(LOST))));
    expect(await read()).toEqual(ONCE);
    await change();
    expect(await read()).toMatchObject({ rows: 2, updated: 2, transactions: 2, inMemory: 2 });
  });

  it('whose answer is lost counts nothing when it was not committed, and cannot be committed later', async () => {
    let late: (() => Promise<void>) | undefined;
    const lost = change((tx) =>
      replaceCommit(tx, (commit) => {
        late = commit;
        return Promise.reject(LOST);
      }),
    );
    await expect(lost).rejects.toBeInstanceOf(TransactionConflict);
    await late?.().catch(() => undefined);
    expect(await read()).toEqual(NOTHING);
    await change();
    expect(await read()).toEqual(ONCE);
  });
});

/** Stands in for the next commit of the session. */
function replaceCommit(
  session: NonNullable<Transaction>,
  stand: (commit: () => Promise<void>) => Promise<void>,
): void {
  const original = session.commitTransaction.bind(session);
  session.commitTransaction = () => {
    session.commitTransaction = original;
    return stand(original);
  };
}

function labelled(label: string, code: number): Error {
  return new mongo.MongoServerError({ message: 'The answer was lost.', errorLabels: [label], code });
}

/** Of a commit that the driver does not repeat. */
const LOST = labelled('UnknownTransactionCommitResult', 50);

describe('a connection of the host', () => {
  let database: TestDatabase;
  let connection: Connection | undefined;
  beforeEach(async () => {
    database = await openTestDatabase();
  });
  afterEach(async () => {
    await connection?.close();
    await database.close();
  });

  it.each([
    ['that wants no acknowledgement', { writeConcern: { w: 0 } }],
    ['that does not retry', { retryWrites: false, retryReads: false }],
    ['that prefers to read from secondaries', { readPreference: 'secondaryPreferred' }],
    ['of one socket', { maxPoolSize: 1 }],
    ['that leaves out what is undefined, and checks keys', { ignoreUndefined: true, checkKeys: true }],
    ['that compresses and listens to commands', { compressors: ['zlib'], monitorCommands: true }],
  ])('%s is good enough: what a run says is what is stored', async (_, options) => {
    connection = await mongoose
      .createConnection(database.url, { autoIndex: false, ...options } as never)
      .asPromise();
    const { of } = createEngine(connection);
    const missing = { LDAP_Background_Sync_Disable_Missing_Users: true };
    expect((await of(many(7), missing).sync()).counts).toMatchObject({ read: 7, created: 7 });
    const changed = [toPerson('p0', { uid: 'p1' }), toPerson('p1', { uid: 'p0' }), ...many(6).slice(2)];
    const report = await of(changed, missing).sync();
    expect(report).toMatchObject({
      state: 'completed',
      counts: { read: 6, updated: 2, unchanged: 4, deactivated: 1 },
      removed: 3,
    });
    const stored = await database.connection.collection('users').find({}).toArray();
    expect(stored.filter(({ active }) => active === false).map(({ username }) => username as string)).toEqual(
      ['p6'],
    );
    const record = await database.connection
      .collection('ldap_sync_runs')
      .findOne({ _id: report._id as never });
    expect(record).toMatchObject({ state: 'completed', counts: report.counts, removed: 3 });
  });
});
