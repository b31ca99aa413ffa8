import { hostname } from 'node:os';
import mongoose, { type mongo } from 'mongoose';
import { LdapSyncError } from '../../../lib/errors.js';
import { silentLogger } from '../../../lib/logger.js';
import type { SyncDependencies } from '../../../lib/sync/run-dependencies.js';
import { createRunLog } from '../../../lib/sync/run/run-log.js';
import { createPhases } from '../../../lib/sync/run/run-phases.js';
import { roleCollection } from '../../../models/role.js';
import type { RunPhase } from '../../../models/run-report.js';
import { createEngine, PAGE_SIZE } from '../../setup/engine.js';
import { GROUP_ROLES, ROLES } from '../../setup/group-roles.js';
import { many } from '../../setup/histories.js';
import { expireLease } from '../../setup/leases.js';
import { openTestDatabase, type TestDatabase } from '../../setup/mongo.js';
import { ON } from '../../setup/sign-outs.js';

const MISSING = { LDAP_Background_Sync_Disable_Missing_Users: true, LDAP_Guard_Always_Allowed: 2 };
const PEOPLE = 10 * PAGE_SIZE;

let database: TestDatabase;
let connection: mongoose.Connection;
/** What is written as the phase of a run, outside of its transactions. */
let written: string[];

beforeEach(async () => {
  database = await openTestDatabase();
  connection = await mongoose.createConnection(database.url, { monitorCommands: true }).asPromise();
  written = [];
  connection.getClient().on('commandStarted', ({ command }: mongo.CommandStartedEvent) => {
    if (command.update !== 'ldap_sync_runs') return;
    for (const { u } of command.updates as { u: { $set?: { phase?: string } } }[])
      if (u.$set?.phase !== undefined) written.push(u.$set.phase);
  });
});
afterEach(async () => {
  await connection.close();
  await database.close();
});

const WHOLE = ['settings', 'database', 'connect', 'sweep', 'guard', 'removals', 'guard', 'follow-up'];

/** The same phase, written twice in a row with the progress, is one. */
const toSteps = (phases: readonly string[]) => phases.filter((phase, index) => phase !== phases[index - 1]);

const record = async (): Promise<Record<string, unknown>> =>
  (await database.connection
    .collection('ldap_sync_runs')
    .findOne({}, { sort: { startedAt: -1 } })) as unknown as Record<string, unknown>;

const failing = (): Partial<SyncDependencies> => ({
  openDirectory: () => Promise.reject(new LdapSyncError('directory-lost', 'Nobody answers.')),
});

describe('the phase of a run', () => {
  it('is written down as it begins, in the order of the run, and is gone once the run has come to its end', async () => {
    const { of } = createEngine(connection);
    await roleCollection(connection).insertMany([...ROLES]);
    await of(many(4), MISSING).sync();
    written = [];
    const report = await of(many(3), { ...MISSING, ...GROUP_ROLES }).sync();
    expect(report).toMatchObject({ state: 'completed', counts: { deactivated: 1 }, host: hostname() });
    expect(report).not.toHaveProperty('phase');
    expect(await record()).not.toHaveProperty('phase');
    const withGroups = [...WHOLE.slice(0, 3), 'groups', ...WHOLE.slice(3)];
    expect(toSteps(written)).toEqual(withGroups);
    // The first stands in the record from the beginning.
    expect(written.filter((phase) => phase === 'settings')).toHaveLength(1);
  });

  it('is gone once a run is held, which has done all that it may', async () => {
    const { of } = createEngine(connection);
    await of(many(9), MISSING).sync();
    const report = await of(many(3), MISSING).sync();
    expect(report).toMatchObject({ state: 'held', host: hostname() });
    expect(report).not.toHaveProperty('phase');
  });

  it('costs no write for a person', async () => {
    const { of } = createEngine(connection);
    const engine = of(many(PEOPLE), {});
    for (const run of [engine.preview, engine.sync]) {
      written = [];
      expect(await run()).toMatchObject({ counts: { created: PEOPLE } });
      // At most one for each page, with the progress.
      expect(written.length).toBeLessThanOrEqual(PEOPLE / PAGE_SIZE + WHOLE.length + 1);
    }
  });

  it('of a failed run is that in which it failed', async () => {
    const { of, events } = createEngine(connection, failing());
    const told: unknown[] = [];
    events.on('run:finished', ({ phase, host }) => told.push({ phase, host }));
    expect(await of([], {}).sync()).toMatchObject({ state: 'failed', phase: 'connect', host: hostname() });
    expect(told).toEqual([{ phase: 'connect', host: hostname() }]);
  });

  it('of a failed run is not what followed afterwards', async () => {
    const { of } = createEngine(connection);
    const report = await of(many(7), {}).sync({ kind: 'empty' });
    expect(report).toMatchObject({ state: 'failed', phase: 'guard' });
    expect(written.at(-1)).toBe('guard');
    expect(written).toContain('follow-up');
  });

  it.each([
    ['guard', 4],
    ['removals', 9],
  ] as const)(
    'of a run whose connection ends in %s is that, the one within the other',
    async (phase, pages) => {
      const { of } = createEngine(connection);
      await of(many(4), MISSING).sync();
      const report = await of(many(3), MISSING).sync({ kind: 'lost', afterPages: pages });
      expect(report).toMatchObject({ state: 'failed', phase });
    },
  );

  it('of an auto-logout are those of an auto-logout', async () => {
    const { of } = createEngine(connection);
    await of(many(2), ON).sync();
    const token = { 'services.resume.loginTokens': [{ hashedToken: 'x' }] };
    await database.connection.collection('users').updateMany({}, { $set: token });
    written = [];
    await of(many(2), ON).autoLogout();
    expect(toSteps(written)).toEqual(['settings', 'database', 'connect', 'look-up']);
  });

  it('of a run whose host was killed is the one in which it was seen last', async () => {
    const clock = () => new Date();
    const runs = createRunLog({ connection, clock, logger: silentLogger, host: 'chat-1' });
    const { active, runId } = await runs.start({ kind: 'sync', requestedBy: { _id: 'u1' } });
    await active?.enter('groups');
    await active?.abandon(false);
    expect(await runs.summary(runId)).toMatchObject({ state: 'running', phase: 'groups', host: 'chat-1' });
    await expireLease(database.connection);
    const seen = { state: 'interrupted', phase: 'groups', host: 'chat-1' };
    expect(await runs.summary(runId)).toMatchObject(seen);
    const next = await runs.start({ kind: 'sync', requestedBy: { _id: 'u1' } });
    expect(await runs.summary(runId)).toMatchObject(seen);
    await next.active?.finish({ state: 'completed' });
  });
});

describe('the host of a run', () => {
  it('is named by the one that waits for its turn, too, which is at nothing yet', async () => {
    const clock = () => new Date();
    const runs = createRunLog({ connection, clock, logger: silentLogger, host: 'chat-2' });
    const first = await runs.start({ kind: 'approval', of: 'x', requestedBy: { _id: 'u1' } });
    const second = await runs.start({ kind: 'sync', requestedBy: { _id: 'u1' } });
    expect(second.outcome).toBe('queued');
    const waiting = await runs.summary(second.runId);
    expect(waiting).toMatchObject({ state: 'queued', host: 'chat-2' });
    expect(waiting).not.toHaveProperty('phase');
    if (second.outcome === 'queued') {
      second.queued.stop();
      await second.queued.untilItsTurn();
    }
    await first.active?.finish({ state: 'completed' });
  });
});

describe('how long the phases of a run take', () => {
  it('is told of each when it ends, and the time of one within another is not counted as its own', async () => {
    const told: unknown[] = [];
    const entered: RunPhase[] = [];
    let now = 0;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
    const last = (ms: number) => () => Promise.resolve(void (now += ms));
    const phase = createPhases(
      { id: 'r', kind: 'sync', enter: (name) => Promise.resolve(void entered.push(name)) },
      { emit: (_name, { phase: ended, durationMs }: never) => void told.push([ended, durationMs]) },
    );
    await phase('sweep', last(50));
    await phase('guard', async () => {
      await last(1)();
      await phase('removals', last(200));
      await last(2)();
      await phase('removals', last(400));
    });
    const failed = phase('follow-up', () => phase('removals', () => Promise.reject(new Error('cut off'))));
    await expect(failed).rejects.toThrow('cut off');
    clock.mockRestore();
    expect(told.slice(0, 4)).toEqual([
      ['sweep', 50],
      ['removals', 200],
      ['removals', 400],
      ['guard', 3],
    ]);
    expect(entered.slice(0, 6)).toEqual(['sweep', 'guard', 'removals', 'guard', 'removals', 'guard']);
    expect(entered.at(-1)).toBe('removals');
  });
});
