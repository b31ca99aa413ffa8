import request from 'supertest';
import { silentLogger } from '../../../lib/logger.js';
import { createRunLog, type RunLog } from '../../../lib/sync/run/run-log.js';
import type { StartedRun } from '../../../lib/sync/run/start-run.js';
import {
  AUTH_HEADERS,
  createHost,
  SECOND_FACTOR,
  seedAdmin,
  storeSettings,
  type TestHost,
} from '../../setup/host.js';
import { openConnection, openTestDatabase, type TestDatabase } from '../../setup/mongo.js';

const clock = () => new Date();
const SYNC = { kind: 'sync', requestedBy: { _id: 'u1', username: 'ada' } } as const;
const APPROVAL = { kind: 'approval', of: 'held', requestedBy: { _id: 'u2', username: 'bob' } } as const;

let database: TestDatabase;
let here: RunLog;
let there: RunLog;
let approval: StartedRun;
let closeOther: () => Promise<void>;

beforeEach(async () => {
  database = await openTestDatabase();
  const other = await openConnection(database.url);
  closeOther = () => other.close();
  here = createRunLog({ connection: database.connection, clock, logger: silentLogger });
  there = createRunLog({ connection: other, clock, logger: silentLogger });
  approval = await there.start(APPROVAL);
});
afterEach(async () => {
  await approval.active?.finish({ state: 'completed' });
  await closeOther();
  await database.close();
});

const leases = () => database.connection.collection('ldap_sync_lease');

/** A sync asked for while the approval is going. */
async function queue(): Promise<Extract<StartedRun, { outcome: 'queued' }>> {
  const started = await here.start(SYNC);
  if (started.outcome !== 'queued') throw new Error(`The run was ${started.outcome}.`);
  return started;
}

describe('a sync asked for while an approval is going', () => {
  it('is recorded as queued, and begins when the approval has ended', async () => {
    const { runId, queued } = await queue();
    expect(await there.summary(runId)).toMatchObject({ kind: 'sync', state: 'queued' });
    const turn = queued.untilItsTurn();
    await approval.active?.finish({ state: 'completed' });
    const active = await turn;
    expect(active?.id).toBe(runId);
    expect(await there.summary(runId)).toMatchObject({ state: 'running' });
    await active?.finish({ state: 'completed' });
    expect(await there.summary(runId)).toMatchObject({ state: 'completed' });
  });

  it('is joined by all who ask later, on whichever host', async () => {
    const { runId, queued } = await queue();
    expect(await here.start(SYNC)).toEqual({ outcome: 'joined', runId });
    expect(await there.start(SYNC)).toEqual({ outcome: 'joined', runId });
    const turn = queued.untilItsTurn();
    await approval.active?.finish({ state: 'completed' });
    const active = await turn;
    expect(await there.start(SYNC)).toEqual({ outcome: 'joined', runId });
    await active?.finish({ state: 'completed' });
  });

  it('has one place in the queue, however many ask at once', async () => {
    const started = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? here : there).start(SYNC)),
    );
    expect(new Set(started.map(({ runId }) => runId)).size).toBe(1);
    expect(started.filter(({ outcome }) => outcome === 'queued')).toHaveLength(1);
  });

  it('can be cancelled on any host before it begins', async () => {
    const { runId, queued } = await queue();
    const turn = queued.untilItsTurn();
    expect(await there.requestCancel(runId, { _id: 'u3', username: 'eve' })).toBe(true);
    expect(await turn).toBeUndefined();
    expect(await there.get(runId)).toMatchObject({
      state: 'cancelled',
      problems: [{ message: expect.stringContaining('eve') }],
    });
  });

  it('becomes interrupted when its host dies, and the next who asks gets the place', async () => {
    const dead = await queue();
    await leases().updateOne({ _id: 'ldap-sync-queue' as never }, { $set: { expiresAt: new Date(0) } });
    expect(await there.summary(dead.runId)).toMatchObject({ state: 'interrupted' });
    const next = await queue();
    expect(next.runId).not.toBe(dead.runId);
    expect(await dead.queued.untilItsTurn()).toBeUndefined();
    expect(await there.summary(next.runId)).toMatchObject({ state: 'queued' });
  });

  it('becomes interrupted when its host is shut down', async () => {
    const { runId, queued } = await queue();
    queued.stop();
    expect(await queued.untilItsTurn()).toBeUndefined();
    expect(await there.summary(runId)).toMatchObject({ state: 'interrupted' });
  });
});

it('an approval or a revert asked for while a run of another kind is going is not queued', async () => {
  await approval.active?.finish({ state: 'completed' });
  const sync = await here.start(SYNC);
  for (const kind of ['approval', 'revert'] as const)
    expect(await there.start({ ...APPROVAL, kind })).toEqual({ outcome: 'busy', runId: sync.runId });
  await sync.active?.finish({ state: 'completed' });
});

describe('over HTTP', () => {
  let host: TestHost;
  beforeEach(async () => {
    await seedAdmin(database.connection);
    await storeSettings(database.connection, { LDAP_Enable: true, LDAP_Background_Sync: true });
    host = createHost(database.connection);
  });
  afterEach(() => host.ldapSync.stop());

  const read = async (path: string) => (await request(host.app).get(path).set(AUTH_HEADERS)).body;

  it('syncNow answers as always, Location names the queued run, and the status shows it', async () => {
    const answer = await request(host.app)
      .post('/api/v1/ldap.syncNow')
      .set({ ...AUTH_HEADERS, ...SECOND_FACTOR });
    expect([answer.status, answer.body]).toEqual([200, { message: 'Sync_in_progress', success: true }]);
    const location = answer.headers.location as string;
    const { run } = await read(location);
    expect(run).toMatchObject({ kind: 'sync', state: 'queued' });
    expect(await read('/api/v1/ldap.status')).toMatchObject({
      running: { runId: approval.runId, kind: 'approval' },
      queued: { runId: run._id },
    });
  });

  it('sync() of a host resolves with the report of its own sync, not with that of the approval', async () => {
    const queued = new Promise((resolve) => host.ldapSync.events.once('run:queued', resolve));
    const report = host.ldapSync.sync();
    await queued;
    await approval.active?.finish({ state: 'completed' });
    // Its settings name no directory.
    expect(await report).toMatchObject({ kind: 'sync', state: 'failed' });
  });

  it('stop() ends a queued sync at once', async () => {
    const queued = new Promise((resolve) => host.ldapSync.events.once('run:queued', resolve));
    const report = host.ldapSync.sync();
    await queued;
    await host.ldapSync.stop();
    expect(await report).toMatchObject({ state: 'interrupted' });
  });
});
