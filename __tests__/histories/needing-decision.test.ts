import type { RemovalRow } from '../../models/change-row.js';
import type { RunReport } from '../../models/run-report.js';
import { syncWithRemovals } from '../setup/collected-removals.js';
import { hex, many, useHistories, type Settings, type Values } from '../setup/histories.js';

const { addressesOf, changes, database, engine, revert, sync, user } = useHistories();
const PEOPLE = 6;
const MOVED = many(PEOPLE, (index) => ({ mail: `new${index}@x.org` }));

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

/** `needing` wait by their nature. */
async function syncWith(
  { flowing, needing }: { readonly flowing: readonly number[]; readonly needing: readonly number[] },
  settings: Settings = {},
): Promise<RunReport> {
  const rows = [
    ...(await Promise.all(flowing.map((index) => toRow(index, false)))),
    ...(await Promise.all(needing.map((index) => toRow(index, true)))),
  ];
  return syncWithRemovals({ connection: database().connection, entries: MOVED, rows, settings });
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
