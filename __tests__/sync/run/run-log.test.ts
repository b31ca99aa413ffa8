import type { LdapSyncError } from '../../../lib/errors.js';
import { silentLogger } from '../../../lib/logger.js';
import { createLease, LEASE_TIMES } from '../../../lib/sync/run/lease.js';
import { createRunLog, type RunLog } from '../../../lib/sync/run/run-log.js';
import { openConnection, openTestDatabase, type TestDatabase } from '../../setup/mongo.js';

const WHO = { kind: 'sync', requestedBy: { _id: 'u1', username: 'ada' } } as const;
const clock = () => new Date();
/** Longer than a busy machine needs between two lines of a test. */
const LIFE_MS = 120_000;

describe('one run at a time', () => {
  let database: TestDatabase;
  let runs: RunLog;

  beforeEach(async () => {
    database = await openTestDatabase();
    runs = createRunLog({ connection: database.connection, clock, logger: silentLogger });
  });
  afterEach(() => database.close());

  const leases = () => database.connection.collection('ldap_sync_lease');
  /** What a host that was killed leaves behind. */
  const die = () => leases().updateOne({}, { $set: { expiresAt: new Date(Date.now() - 1_000) } });

  it('whoever comes second joins the first', async () => {
    const first = await runs.start(WHO);
    const second = await runs.start(WHO);
    expect(second).toEqual({ outcome: 'joined', runId: first.runId });
    await first.active?.finish({ state: 'completed' });
    const third = await runs.start(WHO);
    expect(third.runId).not.toBe(first.runId);
    await third.active?.finish({ state: 'completed' });
  });

  it('holds over hosts and many calls at once', async () => {
    const connection = await openConnection(database.url);
    const other = createRunLog({ connection, clock, logger: silentLogger });
    const started = await Promise.all(
      Array.from({ length: 30 }, (_, index) => (index % 2 ? runs : other).start(WHO)),
    );
    expect(new Set(started.map(({ runId }) => runId)).size).toBe(1);
    const active = started.flatMap((run) => run.active ?? []);
    expect(active).toHaveLength(1);
    await active[0]?.finish({ state: 'completed' });
    await connection.close();
  });

  it('the run of a dead host becomes interrupted, and the next can start', async () => {
    const dead = await runs.start(WHO);
    await die();
    expect(await runs.get(dead.runId)).toMatchObject({
      state: 'interrupted',
      problems: [{ remedy: expect.stringContaining('again') }],
    });
    const next = await runs.start(WHO);
    expect(next.active).toBeDefined();
    expect(next.runId).not.toBe(dead.runId);
    await next.active?.finish({ state: 'completed' });
    dead.active?.stop();
    await dead.active?.finish({ state: 'failed' });
    expect((await runs.get(dead.runId))?.state).toBe('interrupted');
    expect((await runs.get(next.runId))?.state).toBe('completed');
  });

  it('the next run marks the one before, without anybody asking for it', async () => {
    const dead = await runs.start(WHO);
    await die();
    const next = await runs.start(WHO);
    const { runs: listed } = await runs.list({ offset: 0, count: 10 });
    expect(listed.map(({ _id, state }) => [_id, state])).toEqual(
      expect.arrayContaining([
        [dead.runId, 'interrupted'],
        [next.runId, 'running'],
      ]),
    );
    await next.active?.finish({ state: 'completed' });
    await dead.active?.finish({ state: 'failed' });
  });

  it('a lease goes by the time of the database, not of the host', async () => {
    const lease = createLease(database.connection);
    const atHost = jest.spyOn(Date, 'now');
    atHost.mockReturnValue(0);
    expect(await lease.acquire('a')).toMatchObject({ held: true, fence: 1 });
    atHost.mockReturnValue(new Date('2100-01-01').getTime());
    expect(await lease.acquire('b')).toEqual({ held: false, holderRunId: 'a' });
    expect(await lease.holder()).toBe('a');
    atHost.mockRestore();
    const { expiresAt } = (await leases().findOne({}))!;
    expect(Math.abs((expiresAt as Date).getTime() - Date.now() - LEASE_TIMES.life)).toBeLessThan(LIFE_MS);
  });

  it('remembers when a holder last said that the right directory was read, and takes that from nobody else', async () => {
    const lease = createLease(database.connection);
    await lease.acquire('a');
    await lease.prove('b');
    expect((await lease.look()).provenAt).toBeUndefined();
    await lease.prove('a');
    const { provenAt } = await lease.look();
    expect(provenAt).toEqual(expect.any(Date));
    await lease.release('a');
    expect(await lease.acquire('b')).toMatchObject({ provenAt });
    await leases().updateOne({}, { $set: { provenAt: 'yesterday' } });
    expect((await lease.look()).provenAt).toBeUndefined();
  });

  it('each holder has a higher fence than the one before', async () => {
    const lease = createLease(database.connection);
    expect(await lease.acquire('a')).toMatchObject({ fence: 1 });
    await die();
    expect(await lease.acquire('b')).toMatchObject({ held: true, fence: 2, leasedAt: expect.any(Date) });
    expect(await lease.renew('a')).toBe(false);
    expect(await lease.renew('b')).toBe(true);
    await lease.release('a');
    expect(await lease.holder()).toBe('b');
  });

  it('a stopped run does not go on', async () => {
    const { active } = await runs.start(WHO);
    active?.assertGoingOn();
    active?.stop();
    expect(() => active?.assertGoingOn()).toThrow(
      expect.objectContaining({ code: 'run-stopped' }) as LdapSyncError,
    );
    await active?.finish({ state: 'interrupted' });
  });

  it('counts can be watched while a run goes on', async () => {
    const { active, runId } = await runs.start(WHO);
    active?.tally.read(3);
    active?.tally.count('created');
    await active?.saveProgress();
    expect(await runs.get(runId)).toMatchObject({
      state: 'running',
      requestedBy: WHO.requestedBy,
      counts: { read: 3, created: 1 },
    });
    await active?.finish({ state: 'completed' });
    expect(await runs.get(runId)).toMatchObject({ state: 'completed', finishedAt: expect.any(Date) });
  });
});
