import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { createEngine, type Engine } from '../setup/engine.js';
import { toEntry } from '../setup/entries.js';
import { ADMIN, createHost, seedAdmin, storeSettings, UNREACHABLE_DIRECTORY } from '../setup/host.js';
import { BASE } from '../setup/memory-directory.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';

const PEOPLE = Array.from({ length: 6 }, (_, index) =>
  toEntry(`cn=p${index},${BASE}`, { entryUUID: `id-${index}`, uid: `p${index}`, mail: `p${index}@x.org` }),
);
const SETTINGS = { LDAP_Background_Sync_Disable_Missing_Users: true, LDAP_Guard_Always_Allowed: 1 };
const toId = (index: number): string => `r-0000001-${index}`;

let database: TestDatabase;
let ldapSync: LdapSync;
let admin: AdminClient;
let now: Engine;
let runId: string;

// The list comes from a directory in memory, and is decided about over HTTP.
beforeEach(async () => {
  database = await openTestDatabase();
  await seedAdmin(database.connection);
  await storeSettings(database.connection, {
    ...UNREACHABLE_DIRECTORY,
    API_Enable_Rate_Limiter: false,
  });
  const host = createHost(database.connection);
  ({ ldapSync } = host);
  admin = createAdminClient(host.app);
  const engine = createEngine(database.connection);
  await engine.of(PEOPLE, SETTINGS).sync();
  now = engine.of(PEOPLE.slice(3), SETTINGS);
  runId = (await now.sync())._id;
});
afterEach(async () => {
  await ldapSync.stop();
  await database.close();
});

it('rows of a list have ids, by which a part is rejected and the rest goes on waiting', async () => {
  const rows = (await admin.changes(runId)) as { id?: string; state: string }[];
  expect(rows.map(({ id, state }) => `${id} ${state}`)).toEqual([0, 1, 2].map((n) => `${toId(n)} waiting`));
  const { status, body } = await admin.post('rejectRun', { runId, rows: [toId(1)] });
  expect([status, body]).toEqual([200, { message: 'Run_rejected', success: true }]);
  expect((await admin.changes(runId)).map((row) => (row as { decided?: object }).decided)).toEqual([
    undefined,
    { verdict: 'rejected' },
    undefined,
  ]);
  const run = await admin.runInfo(runId);
  expect(run.partlyDecided).toEqual([
    {
      verdict: 'rejected',
      by: { _id: ADMIN._id, username: ADMIN.username },
      at: expect.any(String),
      rows: 1,
    },
  ]);
  expect(run).not.toHaveProperty('decision');
  expect((await admin.get('listRuns')).body.runs[0]).toMatchObject({
    _id: runId,
    partlyDecided: [{ rows: 1 }],
  });
  expect((await admin.post('rejectRun', { runId })).status).toBe(200);
  expect((await admin.runInfo(runId)).decision).toMatchObject({ verdict: 'rejected' });
  expect((await admin.post('rejectRun', { runId })).body.errorType).toBe('run-already-decided');
});

it('an approval of some rows is a run of these rows; when it finds no directory they can be approved again', async () => {
  const approval = await admin.run('approveRun', { runId, rows: [toId(0), toId(2)] });
  expect(approval).toMatchObject({ kind: 'approval', of: runId, state: 'failed' });
  expect((await admin.runInfo(runId)).partlyDecided).toMatchObject([{ runId: approval._id, rows: 2 }]);
  expect((await admin.changes(runId))[2]).toMatchObject({
    state: 'waiting',
    decided: { verdict: 'approved', runId: approval._id },
  });
  expect((await now.approve(runId, { rows: [toId(2)] })).counts).toMatchObject({ deactivated: 1 });
  expect(await database.connection.collection('users').countDocuments({ active: false })).toBe(1);
});

it.each([true, false])(
  'an approval says whether people are mailed: %s stands in the decision',
  async (mail) => {
    await admin.run('approveRun', { runId, mail });
    expect((await admin.runInfo(runId)).decision).toMatchObject({ verdict: 'approved', mail });
  },
);

it.each([
  ['approveRun', 'true'],
  ['approveRun', 1],
  ['approveRun', null],
  ['rejectRun', true],
  ['revertRun', true],
])('ldap.%s refuses %j for mail, and decides nothing', async (verb, mail) => {
  const { status, body } = await admin.post(verb, { runId, mail });
  expect([status, body.errorType]).toEqual([400, 'invalid-params']);
  expect(await admin.runInfo(runId)).not.toHaveProperty('decision');
});

const BODIES: readonly (readonly [string, unknown])[] = [
  ['no list', 'r-0000001-0'],
  ['null', null],
  ['an empty list', []],
  ['a number', [1]],
  ['an operator', { $gt: '' }],
  ['something that is no id', ['r-1-0']],
  ['the place of a document', ['x/r/0000001']],
  ['more rows than are allowed', Array.from({ length: 3_001 }, (_, index) => toId(index))],
];
describe.each(['approveRun', 'rejectRun'])('ldap.%s', (verb) => {
  it.each(BODIES)('refuses %s for rows, says what the body must be, and decides nothing', async (_, rows) => {
    const { status, body } = await admin.post(verb, { runId, rows });
    expect([status, body]).toEqual([
      400,
      {
        success: false,
        error: expect.stringMatching(/"rows".* 1 to 3000 ids of rows of ldap\.runChanges/),
        errorType: 'invalid-params',
      },
    ]);
    expect(await admin.runInfo(runId)).not.toHaveProperty('partlyDecided');
  });

  it('reads as many rows as are allowed, and names the remedy when none of them waits', async () => {
    const rows = Array.from({ length: 3_000 }, (_, index) => `r-1000000-${10_000 + index}`);
    const { status, body } = await admin.post(verb, { runId, rows });
    expect([status, body]).toMatchObject([
      400,
      { errorType: 'rows-not-waiting', details: { remedy: expect.stringContaining('ldap.runChanges') } },
    ]);
  });

  it('says so, with the remedy, when the rows have expired', async () => {
    await database.connection.collection('ldap_sync_changes').deleteMany({});
    for (const rows of [undefined, [toId(0)]]) {
      const { status, body } = await admin.post(verb, { runId, rows });
      expect([status, body]).toMatchObject([
        400,
        { errorType: 'rows-expired', details: { remedy: expect.stringContaining('Run the sync again') } },
      ]);
    }
  });
});

it.each(['revertRun', 'cancelRun'])('ldap.%s is about a whole run, and refuses rows', async (verb) => {
  const { status, body } = await admin.post(verb, { runId, rows: [toId(0)] });
  expect([status, body.errorType]).toEqual([400, 'invalid-params']);
});

it('the OpenAPI file names every field of a run and of a row', async () => {
  await admin.post('rejectRun', { runId, rows: [toId(0)] });
  const waitingFor = { code: 'former-transaction', since: new Date() };
  const set = { waitingFor, revertedBy: 'r', 'held.params': {}, of: 'r' };
  await database.connection.collection('ldap_sync_runs').updateOne({ _id: runId as never }, { $set: set });
  await database.connection
    .collection('ldap_sync_changes')
    .updateOne({ _id: `${runId}/r/0000001` as never }, { $set: { 'rows.0.needsDecision': true } });
  const { schemas } = (
    JSON.parse(readFileSync(join(__dirname, '../../openapi.json'), 'utf8')) as {
      components: { schemas: Record<string, { properties?: object }> };
    }
  ).components;
  const namesOf = (schema: string): string[] => Object.keys(schemas[schema]?.properties ?? {});
  const run = await admin.runInfo(runId);
  const shown = [...Object.keys(run), ...Object.keys(run.partlyDecided?.[0] ?? {})];
  const described = [...namesOf('Run'), ...namesOf('Decision'), 'attention', 'problems'];
  expect(shown.filter((name) => !described.includes(name))).toEqual([]);
  expect(shown).toEqual(expect.arrayContaining(['waitingFor', 'partlyDecided', 'rows']));
  const [row = {}] = await admin.changes(runId);
  expect(row).toMatchObject({ id: toId(0), needsDecision: true, decided: { verdict: 'rejected' } });
  expect(Object.keys(row).filter((name) => !namesOf('Change').includes(name))).toEqual([]);
});
