import { silentLogger } from '../../lib/logger.js';
import { createGridFsPhotoFiles } from '../../lib/sync/avatars/gridfs-photo-files.js';
import { createChangeLog } from '../../lib/sync/history/change-log.js';
import { applyRemovals } from '../../lib/sync/removals/apply-removals.js';
import { countWanted, createSweepState } from '../../lib/sync/removals/sweep-state.js';
import { createRunLog } from '../../lib/sync/run/run-log.js';
import { createMongoUserStore } from '../../lib/sync/users/mongo-user-store.js';
import type { RemovalRow } from '../../models/change-row.js';
import type { RunReport } from '../../models/run-report.js';
import { REQUESTER } from '../setup/engine.js';
import { hex, many, useHistories, type Settings, type Values } from '../setup/histories.js';
import { createMemoryDirectory } from '../setup/memory-directory.js';
import { toSyncSettings } from '../setup/sync-settings.js';

const { addressesOf, changes, database, engine, revert, sync, user } = useHistories();
const PEOPLE = 6;
const MOVED = many(PEOPLE, (index) => ({ mail: `new${index}@x.org` }));
const clock = () => new Date();

async function toRow(index: number, needsDecision: boolean): Promise<RemovalRow> {
  const stored = (await user(`p${index}`))!;
  return {
    kind: 'clear',
    outcome: 'updated',
    state: 'waiting',
    userId: stored._id as string,
    username: `p${index}`,
    ldapId: hex(`id-p${index}`),
    idAttribute: 'entryUUID',
    countedAs: 'unchanged',
    ...(needsDecision ? { needsDecision } : {}),
    fields: [
      { field: 'emails', from: stored.emails, to: [{ address: `new${index}@x.org`, verified: true }] },
    ],
  };
}

/** A sync that has read everybody and collected these removals; `needing` wait by their nature. */
async function syncWith(
  { flowing, needing }: { readonly flowing: readonly number[]; readonly needing: readonly number[] },
  settings: Settings = {},
): Promise<RunReport> {
  const { connection } = database();
  const runs = createRunLog({ connection, clock, logger: silentLogger });
  const { active: run } = await runs.start({ kind: 'sync', requestedBy: REQUESTER });
  await run!.takeOver();
  const log = createChangeLog(connection, run!, { days: 1, clock });
  const rows = [
    ...(await Promise.all(flowing.map((index) => toRow(index, false)))),
    ...(await Promise.all(needing.map((index) => toRow(index, true)))),
  ];
  await log.collect(rows);
  const state = createSweepState(PEOPLE);
  Object.assign(state, { read: PEOPLE, activeLinkedSeen: PEOPLE, verifiersSeen: PEOPLE });
  state.filled.add('emails');
  countWanted(rows, state);
  const end = await applyRemovals(
    { state, end: { complete: true }, undecided: (await runs.undecided())?._id },
    {
      users: createMongoUserStore(connection),
      files: createGridFsPhotoFiles({ connection, clock }),
      directory: createMemoryDirectory(MOVED),
      changes: log,
      run: run!,
      settings: toSyncSettings(settings),
      now: clock,
    },
  );
  await run!.finish(end.kind === 'held' ? { state: 'held', held: end.held } : { state: 'completed' });
  return (await runs.get(run!.id))!;
}

const states = async (runId: string): Promise<readonly string[]> =>
  (await changes(runId)).map(({ username, state }) => `${username} ${state}`);

describe('a removal that needs a decision', () => {
  beforeEach(() => sync(many(PEOPLE)));

  it('waits, however few there are, while the others of the run are carried out', async () => {
    const run = await syncWith({ flowing: [0, 1], needing: [2] });
    expect(run).toMatchObject({
      state: 'held',
      removed: 2,
      held: { code: 'decision-needed', clearings: 1, approvable: true },
      problems: [{ message: expect.stringContaining('1 change needs a decision') }],
    });
    expect(await states(run._id)).toEqual(['p0 done', 'p1 done', 'p2 waiting']);
    expect([await addressesOf('p1'), await addressesOf('p2')]).toEqual(['new1@x.org', 'p2@x.org']);
  });

  it('does not count for the limit of the others', async () => {
    const settings = { LDAP_Guard_Always_Allowed: 2 };
    const run = await syncWith({ flowing: [0, 1], needing: [2, 3, 4, 5] }, settings);
    expect(run).toMatchObject({ removed: 2, held: { code: 'decision-needed', clearings: 4 } });
  });

  it('waits with the others where there are too many of these', async () => {
    const settings = { LDAP_Guard_Always_Allowed: 1 };
    const run = await syncWith({ flowing: [0, 1, 2], needing: [3] }, settings);
    expect(run).toMatchObject({
      state: 'held',
      removed: 0,
      held: { code: 'too-many-removals', clearings: 4 },
    });
    expect((await engine(MOVED).approve(run._id)).counts.updated).toBe(4);
  });

  it('is done by an approval and left by a rejection, row by row', async () => {
    const run = await syncWith({ flowing: [0], needing: [1, 2, 3] });
    const [, one, two] = await engine([]).changes(run._id);
    expect(one).toMatchObject({ username: 'p1', needsDecision: true });
    const approval = await engine(MOVED).approve(run._id, { rows: [one!.id] });
    expect(approval).toMatchObject({ state: 'completed', removed: 1, counts: { updated: 1 } });
    await engine(MOVED).reject(run._id, [two!.id]);
    expect((await engine(MOVED).approve(run._id)).counts).toMatchObject({ updated: 1 });
    expect([await addressesOf('p1'), await addressesOf('p2'), await addressesOf('p3')]).toEqual([
      'new1@x.org',
      'p2@x.org',
      'new3@x.org',
    ]);
    expect(await engine([]).run(run._id)).toMatchObject({ decision: { verdict: 'approved' } });
  });

  it('holds nothing of a later run back, and waits there again if it is still wanted', async () => {
    await syncWith({ flowing: [], needing: [2] });
    const moved = many(PEOPLE, (index): Values => (index === 0 ? { mail: 'new0@x.org' } : {}));
    expect(await engine(moved).sync()).toMatchObject({
      state: 'completed',
      removed: 1,
      counts: { updated: 1 },
    });
    expect(await syncWith({ flowing: [1], needing: [2] })).toMatchObject({
      removed: 1,
      held: { code: 'decision-needed', clearings: 1 },
    });
  });

  it('waits behind an earlier list that nobody has decided about, as everything does', async () => {
    const settings = { LDAP_Guard_Always_Allowed: 1 };
    await syncWith({ flowing: [0, 1, 2], needing: [] }, settings);
    const later = await syncWith({ flowing: [0], needing: [3] });
    expect(later).toMatchObject({ removed: 0, held: { code: 'earlier-run-undecided', clearings: 2 } });
  });

  it('does not keep the others of its run from being reverted', async () => {
    const run = await syncWith({ flowing: [0, 1], needing: [2] });
    expect(await revert(run._id)).toMatchObject({
      state: 'completed',
      counts: { updated: 2 },
      attention: [],
    });
    expect([await addressesOf('p0'), await addressesOf('p2')]).toEqual(['p0@x.org', 'p2@x.org']);
  });
});
