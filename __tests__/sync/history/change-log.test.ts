import { createChangeLog, type ChangeLog } from '../../../lib/sync/history/change-log.js';
import type { ChangeRow, RemovalRow } from '../../../models/change-row.js';
import { createChangeHistory } from '../../../lib/sync/history/change-history.js';
import { ROW_ID } from '../../../lib/sync/history/row-place.js';
import type { ActiveRun } from '../../../lib/sync/run/active-run.js';
import { createHost, storeSettings, UNREACHABLE_DIRECTORY } from '../../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../../setup/mongo.js';
import { startWriting } from '../../setup/writing-run.js';

const DAY_MS = 86_400_000;
const write = (userId: string, changes: Partial<ChangeRow> = {}): ChangeRow => ({
  kind: 'write',
  outcome: 'updated',
  state: 'done',
  userId,
  fields: [],
  ...changes,
});
const removal = (userId: string): RemovalRow => ({
  ...write(userId),
  kind: 'deactivate',
  outcome: 'deactivated',
  state: 'waiting',
  userId,
  ldapId: 'a1',
  idAttribute: 'uid',
});
const many = (count: number): RemovalRow[] =>
  Array.from({ length: count }, (_, index) => removal(`u${index}`));

describe('the account of a run', () => {
  let database: TestDatabase;
  let run: ActiveRun;
  let log: ChangeLog;
  /** The database deletes what has expired by its own time. */
  const now = new Date();

  beforeEach(async () => {
    database = await openTestDatabase();
    run = await startWriting(database.connection);
    log = openLog('runA');
  });
  afterEach(async () => {
    await run.finish({ state: 'completed' });
    await database.close();
  });

  function openLog(id: string, ms = 0): ChangeLog {
    const { transactions, signal } = run;
    const clock = () => new Date(now.getTime() + ms);
    return createChangeLog(database.connection, { id, transactions, signal }, { days: 90, clock });
  }
  const writeTo = (one: ChangeLog, rows: readonly ChangeRow[]) =>
    run.transactions.attempt(({ tx }) => one.write(rows, tx));

  const stored = () => database.connection.collection('ldap_sync_changes');
  const history = () => createChangeHistory(database.connection);
  const everything = { outcome: undefined, text: undefined, offset: 0, count: 1_000 };

  it('is read in the order it was written, page by page, without the rows of other runs', async () => {
    await writeTo(log, [write('u1'), write('u2')]);
    await writeTo(log, [write('u3')]);
    await writeTo(openLog('runB'), [write('other')]);
    const read = (offset: number, count: number) => history().ofRun('runA', { ...everything, offset, count });
    expect((await read(0, 10)).rows.map(({ userId }) => userId)).toEqual(['u1', 'u2', 'u3']);
    expect(await read(1, 1)).toMatchObject({ total: 3, rows: [{ userId: 'u2' }] });
  });

  it('is searched by outcome, and by text in names, DNs and values, as text and not as a pattern', async () => {
    await writeTo(log, [
      write('u1', { name: 'Ada (Countess)', outcome: 'created' }),
      write('u2', { dn: 'uid=bob', fields: [{ field: 'emails', to: [{ address: 'B@x.org' }] }] }),
    ]);
    const found = async (query: object) =>
      (await history().ofRun('runA', { ...everything, ...query })).rows.map(({ userId }) => userId);
    expect(await found({ outcome: 'created' })).toEqual(['u1']);
    expect(await found({ text: '(COUNT' })).toEqual(['u1']);
    expect(await found({ text: 'b@x' })).toEqual(['u2']);
    expect(await found({ text: 'UID=BOB' })).toEqual(['u2']);
    expect(await found({ text: '.*' })).toEqual([]);
  });

  it('keeps a list of any length, in documents of a bounded size', async () => {
    await log.collect(many(600));
    await log.collect(many(20));
    await log.flush();
    const chunks = [];
    for await (const { rows } of log.removals()) chunks.push(rows.length);
    expect(chunks).toEqual([250, 250, 120]);
    expect(await stored().countDocuments()).toBe(3);
  });

  it('may be corrected while it is read', async () => {
    await log.collect(many(600));
    let read = 0;
    for await (const { id, rows } of log.removals()) {
      read += rows.length;
      const done = rows.map((row, index) => ({
        chunkId: id,
        index,
        row: { ...row, state: 'done' as const },
      }));
      await run.transactions.attempt(({ tx }) => log.replace(done, tx));
    }
    expect(read).toBe(600);
    for await (const { rows } of log.removals())
      expect(rows.every(({ state }) => state === 'done')).toBe(true);
  });

  it('has only what was committed, each row once, and its rows keep their ids', async () => {
    const failure = new Error('The host is gone.');
    const attempt = run.transactions.attempt(async ({ tx }) => {
      await log.write([write('u1')], tx);
      throw failure;
    });
    await expect(attempt).rejects.toBe(failure);
    await writeTo(log, [write('u1'), write('u2')]);
    await log.collect([removal('u3'), removal('u4')]);
    await log.flush();
    const ids = async () => (await history().ofRun('runA', everything)).rows.map(({ id }) => id);
    const before = await ids();
    expect(before).toEqual(['p-0000002-0', 'p-0000002-1', 'r-0000001-0', 'r-0000001-1']);
    for (const id of before) expect(id).toMatch(ROW_ID);
    const row = { ...removal('u4'), state: 'done' as const };
    const placed = { chunkId: 'runA/r/0000001', index: 1, row };
    await run.transactions.attempt(({ tx }) => log.replace([placed], tx));
    const { rows } = await history().ofRun('runA', everything);
    expect(rows.map(({ id, state }) => [id, state]).slice(2)).toEqual([
      ['r-0000001-0', 'waiting'],
      ['r-0000001-1', 'done'],
    ]);
  });

  it('is found by the user, newest first', async () => {
    await writeTo(log, [write('u1'), write('u2')]);
    await openLog('runB', 1).collect([removal('u1')]);
    await writeTo(openLog('runC', 2), [write('u1')]);
    const find = (offset: number, count: number) => history().ofUser('u1', { offset, count });
    const { runs, nextOffset } = await find(0, 10);
    expect(runs.map(({ runId, rows }) => [runId, rows.length])).toEqual([
      ['runC', 1],
      ['runA', 1],
    ]);
    expect(nextOffset).toBeUndefined();
    expect(await find(0, 1)).toMatchObject({ runs: [{ runId: 'runC' }], nextOffset: 1 });
    expect(await find(1, 1)).toEqual({ runs: [expect.objectContaining({ runId: 'runA', omitted: 0 })] });
  });

  it('gives whole runs, in whatever many chunks they are kept, what was written before what was taken away', async () => {
    await writeTo(log, [write('u1')]);
    await log.collect([removal('u1')]);
    await log.flush();
    const [last, ...others] = (await history().ofUser('u1', { offset: 0, count: 1 })).runs;
    expect(others).toEqual([]);
    expect(last?.rows.map(({ kind }) => kind)).toEqual(['write', 'deactivate']);
  });

  it('says when it expires, and goes when it has', async () => {
    await writeTo(log, [write('u1')]);
    expect(await stored().findOne({})).toMatchObject({ expiresAt: new Date(now.getTime() + 90 * DAY_MS) });
    await history().prune(new Date(now.getTime() + 90 * DAY_MS));
    expect(await stored().countDocuments()).toBe(1);
    await history().prune(new Date(now.getTime() + 90 * DAY_MS + 1));
    expect(await stored().countDocuments()).toBe(0);
  });

  it('is deleted by the next sync, as are reports beyond the number that is set', async () => {
    await run.finish({ state: 'completed' });
    const { ldapSync } = createHost(database.connection);
    await stored().insertOne({
      _id: 'old/p/0000001' as never,
      at: new Date(0),
      expiresAt: new Date(1),
      rows: [],
    });
    const runs = database.connection.collection('ldap_sync_runs');
    await runs.insertMany(
      Array.from({ length: 15 }, (_, index) => ({
        _id: `old${index}` as never,
        state: 'completed',
        startedAt: new Date(index),
      })),
    );
    await storeSettings(database.connection, {
      ...UNREACHABLE_DIRECTORY,
      LDAP_Sync_History_Runs: 10,
    });
    expect(await ldapSync.sync()).toMatchObject({ state: 'failed' });
    expect(await stored().countDocuments({ _id: 'old/p/0000001' as never })).toBe(0);
    expect(await runs.countDocuments()).toBe(10);
    expect(await stored().indexes()).toContainEqual(
      expect.objectContaining({ key: { expiresAt: 1 }, expireAfterSeconds: 0 }),
    );
    await ldapSync.stop();
  });
});
