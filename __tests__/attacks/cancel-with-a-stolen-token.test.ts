import type { Express } from 'express';
import request from 'supertest';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { silentLogger } from '../../lib/logger.js';
import type { ActiveRun } from '../../lib/sync/run/active-run.js';
import { createRunLog } from '../../lib/sync/run/run-log.js';
import { AUTH_HEADERS, createHost, seedAdmin, SECOND_FACTOR, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';

const DECISIONS = [
  'syncNow',
  'syncPerson',
  'previewSync',
  'applyPlan',
  'approveRun',
  'rejectRun',
  'revertRun',
  'cancelRun',
  'settings',
  'restoreSettings',
];
/** Change nothing, and tell of people. */
const TELLING = ['testSettings', 'suggestSettings'];

let database: TestDatabase;
let app: Express;
let ldapSync: LdapSync;
let run: ActiveRun;

beforeAll(async () => {
  database = await openTestDatabase();
  await seedAdmin(database.connection);
  await storeSettings(database.connection, {
    API_Enable_Rate_Limiter: false,
    LDAP_Enable: true,
    LDAP_Background_Sync: true,
  });
  ({ app, ldapSync } = createHost(database.connection));
  const clock = () => new Date();
  const scheduled = createRunLog({ connection: database.connection, clock, logger: silentLogger });
  run = (await scheduled.start({ kind: 'sync', requestedBy: { _id: 'system' } })).active!;
});
afterAll(async () => {
  await run.finish({ state: 'completed' });
  await ldapSync.stop();
  await database.close();
});

const post = (verb: string, headers: Record<string, string> = {}) =>
  request(app)
    .post(`/api/v1/ldap.${verb}`)
    .set({ ...AUTH_HEADERS, ...headers })
    .send({ runId: run.id });
const leases = () => database.connection.collection('ldap_sync_lease');

// More wrong codes are given here than are allowed.
beforeEach(() => database.connection.collection('ldap_sync_second_factor').deleteMany({}));

it.each([...DECISIONS, ...TELLING])(
  'a token alone gets a challenge from ldap.%s, and nothing happens',
  async (verb) => {
    const before = await database.connection.collection('ldap_sync_runs').find().toArray();
    const { status, body } = await post(verb);
    expect([status, body.errorType]).toEqual([400, 'totp-required']);
    const wrong = await post(verb, { ...SECOND_FACTOR, 'x-2fa-code': 'a'.repeat(64) });
    expect(wrong.body.errorType).toBe('totp-invalid');
    expect(await leases().findOne({ runId: run.id })).not.toHaveProperty('cancelledBy');
    expect(await database.connection.collection('ldap_sync_runs').find().toArray()).toEqual(before);
  },
);

it('every POST but the two tests of the settings is one of those', () => {
  const { stack } = ldapSync.router as unknown as {
    stack: { route?: { path: string; methods: Record<string, boolean> } }[];
  };
  const posts = stack.flatMap(({ route }) =>
    route?.methods.post ? [route.path.slice('/ldap.'.length)] : [],
  );
  expect(posts.sort()).toEqual([...DECISIONS, ...TELLING, 'testConnection', 'testSearch'].sort());
});

it('with the second factor the run is cancelled, and says by whom', async () => {
  expect((await post('cancelRun', SECOND_FACTOR)).body).toMatchObject({ message: 'Cancel_requested' });
  expect(await leases().findOne({ runId: run.id })).toMatchObject({ cancelledBy: { username: 'admin' } });
});
