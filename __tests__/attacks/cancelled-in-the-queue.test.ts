import { silentLogger } from '../../lib/logger.js';
import { createQueuedRun } from '../../lib/sync/run/queued-run.js';
import { createLease } from '../../lib/sync/run/lease.js';
import { createRunLog, type RunLog } from '../../lib/sync/run/run-log.js';
import { createRunReader } from '../../lib/sync/run/run-reader.js';
import type { ActiveRun } from '../../lib/sync/run/active-run.js';
import type { StartedRun } from '../../lib/sync/run/start-run.js';
import { openConnection, openTestDatabase, type TestDatabase } from '../setup/mongo.js';

const clock = () => new Date();
const SYNC = { kind: 'sync', requestedBy: { _id: 'u1', username: 'ada' } } as const;
const EVE = { _id: 'u3', username: 'eve' } as const;

let database: TestDatabase;
let here: RunLog;
let there: RunLog;
let closeOther: () => Promise<void>;

beforeEach(async () => {
  database = await openTestDatabase();
  const other = await openConnection(database.url);
  closeOther = () => other.close();
  here = createRunLog({ connection: database.connection, clock, logger: silentLogger });
  there = createRunLog({ connection: other, clock, logger: silentLogger });
});
afterEach(async () => {
  await closeOther();
  await database.close();
});

const approve = (): Promise<StartedRun> =>
  there.start({ kind: 'approval', of: 'held', requestedBy: { _id: 'u2', username: 'bob' } });

async function queue(): Promise<Extract<StartedRun, { outcome: 'queued' }>> {
  const started = await here.start(SYNC);
  if (started.outcome !== 'queued') throw new Error(`The run was ${started.outcome}.`);
  return started;
}

describe('a queued run whose end is asked for in the moment it begins', () => {
  /** A queued run that begins as soon as it looks; `meanwhile` happens while it does. */
  async function beginWhile(meanwhile: (cancelHere: () => void, stop: () => void) => unknown) {
    const lease = createLease(database.connection);
    const place = createLease(database.connection, { name: 'ldap-sync-queue' });
    await place.acquire('queued');
    const heard: string[] = [];
    const active = {
      cancel: ({ username }: typeof EVE) => void heard.push(`cancelled by ${username}`),
      stop: () => void heard.push('stopped'),
    } as unknown as ActiveRun;
    const queued = createQueuedRun('queued', {
      place,
      async tryToStart() {
        await lease.acquire('queued');
        await meanwhile(
          () => queued.cancel(EVE),
          () => queued.stop(),
        );
        return active;
      },
      recordEnd: () => Promise.reject(new Error('It has begun.')),
    });
    expect(await queued.untilItsTurn()).toBe(active);
    return { heard, queued };
  }

  it('is cancelled when that was asked for on this host', async () => {
    expect((await beginWhile((cancel) => cancel())).heard).toEqual(['cancelled by eve']);
  });

  it('is cancelled when that was asked for on another host', async () => {
    const { heard } = await beginWhile(() => there.requestCancel('queued', EVE));
    expect(heard).toEqual(['cancelled by eve']);
  });

  it('is stopped when its host is', async () => {
    expect((await beginWhile((_cancel, stop) => stop())).heard).toEqual(['stopped']);
  });

  it('is told by whoever still knows it as a queued one', async () => {
    const { heard, queued } = await beginWhile(() => undefined);
    queued.cancel(EVE);
    queued.stop();
    expect(heard).toEqual(['cancelled by eve', 'stopped']);
  });
});

it('a sync asked for after the queued one was cancelled is not joined to that, but waits itself', async () => {
  const approval = await approve();
  const { runId, queued } = await queue();
  expect(await there.requestCancel(runId, EVE)).toBe(true);
  const next = there.start(SYNC);
  expect(await queued.untilItsTurn()).toBeUndefined();
  const started = await next;
  expect(started.outcome).toBe('queued');
  expect(started.runId).not.toBe(runId);
  await approval.active?.finish({ state: 'completed' });
});

it('a queued run that begins while it is looked at is not marked as interrupted', async () => {
  const approval = await approve();
  const { runId } = await queue();
  const runs = database.connection.collection('ldap_sync_runs');
  const setState = (state: string) => runs.updateOne({ _id: runId as never }, { $set: { state } });
  const reader = createRunReader({
    connection: database.connection,
    // It has left the queue, and had no lease yet when that was looked at.
    isGoing: async () => (await setState('running')).matchedCount === 0,
    markInterrupted: async ({ _id, state }) => {
      await runs.updateOne({ _id: _id as never, state }, { $set: { state: 'interrupted' } });
    },
  });
  expect(await reader.summary(runId)).toMatchObject({ state: 'running' });
  await approval.active?.finish({ state: 'completed' });
});
