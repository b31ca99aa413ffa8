import { createEngine } from '../setup/engine.js';
import { toEntry } from '../setup/entries.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';

const DAY_MS = 86_400_000;
const SKEWS = [
  ['ten years ahead', 3_650 * DAY_MS],
  ['ten years behind', -3_650 * DAY_MS],
] as const;

let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

const changes = () => database.connection.collection('ldap_sync_changes');
const store = (_id: string, daysLeft: number) =>
  changes().insertOne({
    _id: _id as never,
    at: new Date(),
    expiresAt: new Date(Date.now() + daysLeft * DAY_MS),
    rows: [],
  });

test.each(SKEWS)(
  'a sync of a host whose clock is %s keeps accounts for as long as any host',
  async (_what, ms) => {
    await store('other/p/0000001', 10);
    await store('ended/p/0000001', -10);
    const engine = createEngine(database.connection, { clock: () => new Date(Date.now() + ms) });
    const ada = toEntry('uid=ada,ou=people,dc=x', {
      entryUUID: 'u1',
      uid: 'ada',
      cn: 'Ada',
      mail: 'ada@x.example',
    });
    const report = await engine.of([ada], { LDAP_Sync_History_Days: 90 }).sync();
    expect(report.counts.created).toBe(1);
    const stored = await changes().find({}).sort({ _id: 1 }).toArray();
    const own = stored.filter(({ _id }) => String(_id).startsWith(report._id));
    expect(stored.map(({ _id }) => String(_id))).toContain('other/p/0000001');
    expect(stored.map(({ _id }) => String(_id))).not.toContain('ended/p/0000001');
    expect(own.length).toBeGreaterThan(0);
    for (const { expiresAt } of own)
      expect(Math.abs(expiresAt.getTime() - Date.now() - 90 * DAY_MS)).toBeLessThan(DAY_MS);
  },
);
