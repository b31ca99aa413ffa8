import request from 'supertest';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { silentLogger } from '../../lib/logger.js';
import { createRunLog } from '../../lib/sync/run/run-log.js';
import {
  AUTH_HEADERS,
  createHost,
  SECOND_FACTOR,
  seedAdmin,
  storeSettings,
  UNREACHABLE_DIRECTORY,
} from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';

let database: TestDatabase;
let ldapSync: LdapSync;
let app: ReturnType<typeof createHost>['app'];
beforeEach(async () => {
  database = await openTestDatabase();
  await seedAdmin(database.connection);
  await storeSettings(database.connection, { ...UNREACHABLE_DIRECTORY, API_Enable_Rate_Limiter: false });
  ({ app, ldapSync } = createHost(database.connection));
});
afterEach(async () => {
  await ldapSync.stop();
  await database.close();
});

const set = (settings: Readonly<Record<string, unknown>>) => storeSettings(database.connection, settings);
const withoutCode = (body: object = { username: 'ada' }) =>
  request(app).post('/api/v1/ldap.syncPerson').set(AUTH_HEADERS).send(body);
const syncPerson = (body?: object) => withoutCode(body).set(SECOND_FACTOR);
const runs = () => database.connection.collection('ldap_sync_runs').find().toArray();

it('the sync of one person answers at once, and names the run to watch, which says who was asked for', async () => {
  const { status, body, headers } = await syncPerson();
  expect([status, body]).toEqual([200, { message: 'Person_sync_in_progress', success: true }]);
  expect(await runs()).toMatchObject([{ kind: 'person-sync', asked: { by: 'username', text: 'ada' } }]);
  expect(headers.location).toContain(`runId=${String((await runs())[0]?._id)}`);
});

it('the sync of one person needs the permission of a sync, which is asked for before a second factor is', async () => {
  await database.connection
    .collection('rocketchat_permissions')
    .updateOne({ _id: 'sync-auth-services-users' as never }, { $set: { roles: ['somebody-else'] } });
  for (const call of [syncPerson(), withoutCode()]) {
    const { status, body } = await call;
    expect([status, body]).toEqual([400, { success: false, error: 'error-not-authorized' }]);
  }
  expect(await runs()).toEqual([]);
});

it('the sync of one person needs a second factor', async () => {
  const { status, body } = await withoutCode();
  expect([status, body.errorType]).toEqual([400, 'totp-required']);
  expect(await runs()).toEqual([]);
});

it.each([
  ['LDAP is off', { LDAP_Enable: false }, 'LDAP_disabled'],
  ['nothing is to be synced', { LDAP_Background_Sync: false }, 'LDAP_Background_Sync_disabled'],
])('the sync of one person is refused while %s', async (_title, settings, error) => {
  await set(settings);
  const { status, body } = await syncPerson();
  expect([status, body.error]).toEqual([400, error]);
  expect(await runs()).toEqual([]);
});

it.each([
  ['nothing', {}],
  ['two things', { username: 'ada', email: 'ada@x.org' }],
  ['an empty name', { username: '' }],
  ['a blank name', { username: ' \t' }],
  ['a name that is no text', { username: { $ne: null } }],
  ['a name with a zero byte', { username: 'ada\0' }],
  ['a name that is too long', { username: 'a'.repeat(257) }],
  ['a DN that is too long', { dn: `uid=${'a'.repeat(1_024)}` }],
  ['a field that there is not', { username: 'ada', force: true }],
])('the sync of one person is refused where somebody is asked for by %s', async (_title, body) => {
  const { status, body: answer } = await syncPerson(body);
  expect([status, answer.errorType]).toEqual([400, 'invalid-params']);
  expect(await runs()).toEqual([]);
});

it.each(['sync', 'approval', 'person-sync'] as const)(
  'the sync of one person is refused during a run of the kind %s, and waits behind none',
  async (kind) => {
    const { connection } = database;
    const log = createRunLog({ connection, clock: () => new Date(), logger: silentLogger });
    const going = (await log.start({ kind, requestedBy: { _id: 'system' } })).active!;
    const { status, body } = await syncPerson();
    expect([status, body.errorType]).toEqual([400, 'run-in-progress']);
    expect(body.error).toContain(going.id);
    expect(await runs()).toHaveLength(1);
    await going.finish({ state: 'completed' });
    expect((await syncPerson()).status).toBe(200);
  },
);

it('the sync of one person whose host has died is marked as interrupted by the next, which goes', async () => {
  const { connection } = database;
  const log = createRunLog({ connection, clock: () => new Date(), logger: silentLogger });
  const dead = (await log.start({ kind: 'person-sync', requestedBy: { _id: 'system' } })).active!;
  await dead.abandon(false);
  await connection
    .collection('ldap_sync_lease')
    .updateOne({ _id: 'ldap-sync' as never }, { $set: { expiresAt: new Date(0) } });
  expect((await syncPerson()).status).toBe(200);
  expect((await runs()).find(({ _id }) => String(_id) === dead.id)).toMatchObject({ state: 'interrupted' });
});

it('a sync that is asked for during the sync of one person is queued, and begins afterwards', async () => {
  const { connection } = database;
  const log = createRunLog({ connection, clock: () => new Date(), logger: silentLogger });
  const going = (await log.start({ kind: 'person-sync', requestedBy: { _id: 'system' } })).active!;
  const { status, headers } = await request(app)
    .post('/api/v1/ldap.syncNow')
    .set(AUTH_HEADERS)
    .set(SECOND_FACTOR);
  expect(status).toBe(200);
  const runId = /runId=(\w+)$/.exec(headers.location as string)?.[1];
  expect(await runs()).toMatchObject([
    { _id: going.id, state: 'running' },
    { _id: runId, kind: 'sync', state: 'queued' },
  ]);
  await going.finish({ state: 'completed' });
  await expect(ldapSync.sync()).resolves.toMatchObject({ kind: 'sync' });
});
