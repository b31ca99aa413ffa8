import { createDecideRows, type RowDecision } from '../../../lib/sync/history/decide-rows.js';
import type { RemovalRow } from '../../../models/change-row.js';
import { syncChangeCollection } from '../../../models/sync-change.js';
import { openTestDatabase, type TestDatabase } from '../../setup/mongo.js';

const NOW = new Date('2026-01-01T00:00:00Z');
const row = (userId: string, changes: Partial<RemovalRow> = {}): RemovalRow => ({
  kind: 'deactivate',
  outcome: 'deactivated',
  state: 'waiting',
  userId,
  ldapId: userId,
  idAttribute: 'uid',
  fields: [],
  ...changes,
});

describe('a decision about rows', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await changes().deleteMany({});
    await keep('held/r/0000001', [row('u1'), row('u2', { state: 'skipped' }), row('u3')]);
    await keep('held/r/0000002', [row('u4')]);
    await keep('held/p/0000001', [row('u5')]);
    await keep('other/r/0000001', [row('u6')]);
  });

  const changes = () => syncChangeCollection(database.connection);
  const keep = (_id: string, rows: readonly RemovalRow[]) =>
    changes().insertOne({ _id, at: NOW, expiresAt: NOW, rows: [...rows] });
  const decide = (decision: Partial<RowDecision> = {}) =>
    createDecideRows(changes)('held', {
      rows: undefined,
      decided: { verdict: 'approved', runId: 'a1' },
      reopened: new Set(),
      ...decision,
    });
  async function decided(): Promise<readonly string[]> {
    const chunks = await changes().find({}).sort({ _id: 1 }).toArray();
    const rows = chunks.flatMap((chunk) => chunk.rows as readonly unknown[] as readonly RemovalRow[]);
    return rows.flatMap(({ userId, decided: by }) => (by ? `${userId} ${by.verdict} ${by.runId ?? ''}` : []));
  }

  it('is about all that wait in the list, and about no row of another list or that is settled', async () => {
    expect(await decide()).toMatchObject({ decided: 3, waiting: 0 });
    expect(await decided()).toEqual(['u1 approved a1', 'u3 approved a1', 'u4 approved a1']);
  });

  it('is about the rows that are named, and says how many others wait', async () => {
    const rows = new Set(['r-0000001-2', 'r-0000001-1', 'r-0000002-7', 'p-0000001-0', 'nonsense']);
    expect(await decide({ rows })).toMatchObject({ decided: 1, waiting: 2 });
    expect(await decided()).toEqual(['u3 approved a1']);
  });

  it('leaves what was decided before', async () => {
    await decide({ rows: new Set(['r-0000001-0']), decided: { verdict: 'rejected' } });
    expect(await decide()).toMatchObject({ decided: 2, waiting: 0 });
    expect(await decided()).toEqual(['u1 rejected ', 'u3 approved a1', 'u4 approved a1']);
    expect(await decide()).toMatchObject({ decided: 0, waiting: 0 });
  });

  it('replaces that of an approval which failed, where the row still waits', async () => {
    await decide();
    const done = { 'rows.0': row('u1', { state: 'done', decided: { verdict: 'approved', runId: 'a1' } }) };
    await changes().updateOne({ _id: 'held/r/0000001' }, { $set: done as object });
    const again = { decided: { verdict: 'approved', runId: 'a2' }, reopened: new Set(['a1']) } as const;
    expect(await decide(again)).toMatchObject({ decided: 2, waiting: 0 });
    expect(await decided()).toEqual(['u1 approved a1', 'u3 approved a2', 'u4 approved a2']);
  });

  it('counts once however many decide at once, and nobody’s is lost', async () => {
    const all = ['r-0000001-0', 'r-0000001-2', 'r-0000002-0'];
    const ends = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        decide({
          rows: new Set([all[index % 3] as string]),
          decided: { verdict: 'approved', runId: `a${index}` },
        }),
      ),
    );
    expect(ends.reduce((sum, end) => sum + end.decided, 0)).toBe(3);
    expect(await decided()).toHaveLength(3);
  });

  it('about a list that is gone decides nothing', async () => {
    await changes().deleteMany({});
    expect(await decide()).toMatchObject({ decided: 0, waiting: 0 });
  });
});
