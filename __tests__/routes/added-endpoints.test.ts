import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Express } from 'express';
import request from 'supertest';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { abridge } from '../setup/abridge.js';
import {
  AUTH_HEADERS,
  createHost,
  SECOND_FACTOR,
  seedAdmin,
  storeSettings,
  UNREACHABLE_DIRECTORY,
} from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';

const RUN = 'a'.repeat(17);
const SURE = ['previewSync', 'approveRun', 'rejectRun', 'revertRun', 'cancelRun'];
const READING = [`runInfo?runId=${RUN}`, 'listRuns', `runChanges?runId=${RUN}`, 'userHistory?userId=x'];

let database: TestDatabase;
let app: Express;
let ldapSync: LdapSync;

beforeAll(async () => {
  database = await openTestDatabase();
  await seedAdmin(database.connection);
  await storeSettings(database.connection, {
    ...UNREACHABLE_DIRECTORY,
    API_Enable_Rate_Limiter: false,
  });
  ({ app, ldapSync } = createHost(database.connection));
});
afterAll(async () => {
  await ldapSync.stop();
  await database.close();
});

const allow = (roles: readonly string[]) =>
  database.connection
    .collection('rocketchat_permissions')
    .updateOne({ _id: 'sync-auth-services-users' as never }, { $set: { roles } });
const post = (verb: string) => request(app).post(`/api/v1/ldap.${verb}`);

describe.each(SURE)('ldap.%s', (verb) => {
  it('asks who is calling, then for the permission, then for a second factor', async () => {
    expect((await post(verb).send({ runId: RUN })).status).toBe(401);
    expect((await post(verb).set(AUTH_HEADERS).send({ runId: RUN })).body.errorType).toBe('totp-required');
    expect(
      (await post(verb).set(AUTH_HEADERS).set(SECOND_FACTOR).set('x-2fa-code', 'no').send({ runId: RUN }))
        .body.errorType,
    ).toBe('totp-invalid');
    await allow([]);
    const { status, body } = await post(verb).set(AUTH_HEADERS).send({ runId: RUN });
    expect([status, body]).toEqual(
      verb === 'cancelRun'
        ? [403, { success: false, error: expect.stringContaining('[error-unauthorized]') }]
        : [400, { success: false, error: 'error-not-authorized' }],
    );
    await allow(['admin']);
  });
});

it.each(['approveRun', 'rejectRun', 'revertRun', 'cancelRun'])(
  'ldap.%s says when there is no such run, and refuses what is no run id',
  async (verb) => {
    const call = post(verb).set(AUTH_HEADERS).set(SECOND_FACTOR);
    expect((await call.send({ runId: RUN })).body).toMatchObject({
      success: false,
      errorType: 'run-not-found',
      details: { remedy: expect.stringContaining('ldap.listRuns') },
    });
    for (const body of [
      undefined,
      {},
      { runId: 1 },
      { runId: { $gt: '' } },
      { runId: [RUN] },
      { runId: `${RUN}/` },
      { runId: RUN, force: true },
    ]) {
      const response = await post(verb).set(AUTH_HEADERS).set(SECOND_FACTOR).send(body);
      expect([response.status, response.body.errorType]).toEqual([400, 'invalid-params']);
    }
  },
);

it.each(READING)('GET ldap.%s needs the permission, and no second factor', async (path) => {
  await allow([]);
  expect((await request(app).get(`/api/v1/ldap.${path}`).set(AUTH_HEADERS)).status).toBe(403);
  await allow(['admin']);
  expect((await request(app).get(`/api/v1/ldap.${path}`)).status).toBe(401);
  expect([200, 400]).toContain((await request(app).get(`/api/v1/ldap.${path}`).set(AUTH_HEADERS)).status);
});

const REFUSED = [
  `runChanges?runId=${RUN}&outcome=nonsense`,
  `runChanges?runId=${RUN}&text=`,
  `runChanges?runId=${RUN}&text=${'x'.repeat(201)}`,
  `runChanges?runId=${RUN}&text=a&text=b`,
  `runChanges?runId=${RUN}&count=501`,
  'runChanges',
  `runChanges?runId=${RUN}&text=a%00b`,
  `runInfo?runId=${RUN}&count=101`,
  `runInfo?runId=${RUN}&offset=-1`,
  'listRuns?count=1e9',
  'listRuns?count=1&count=2',
  'listRuns?offset=1e15',
  'listRuns?offset=10000000',
  'listRuns?offset=0x10',
  'userHistory?userId=u&offset=-1',
  'userHistory',
  'userHistory?userId[$ne]=x',
  'userHistory?userId=',
  `userHistory?userId=${'x'.repeat(100)}`,
];
it.each(REFUSED.map((path) => [abridge(path), path]))('GET ldap.%s is refused', async (_, path) => {
  const { status, body } = await request(app).get(`/api/v1/ldap.${path}`).set(AUTH_HEADERS);
  expect([status, body.errorType]).toEqual([400, 'invalid-params']);
});

it('GET ldap.runChanges gives as many rows at once as people look through before they decide', async () => {
  const { _id: runId } = await ldapSync.sync();
  const { status } = await request(app)
    .get(`/api/v1/ldap.runChanges?runId=${runId}&count=500`)
    .set(AUTH_HEADERS);
  expect(status).toBe(200);
});

it('ldap.cancelRun needs the permission and a second factor, and is about a run that is going', async () => {
  const { _id: runId } = await ldapSync.sync();
  const cancel = () => post('cancelRun').set(AUTH_HEADERS).send({ runId });
  expect((await cancel()).body).toMatchObject({ success: false, errorType: 'totp-required' });
  const ended = await cancel().set(SECOND_FACTOR);
  expect(ended.body).toMatchObject({ success: false, errorType: 'run-not-running' });
  await allow([]);
  expect((await cancel()).status).toBe(403);
  await allow(['admin']);
  expect((await post('cancelRun').send({ runId })).status).toBe(401);
});

it('the OpenAPI file names every endpoint, and no other', () => {
  interface Layer {
    readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  }
  const stack = (ldapSync.router as unknown as { stack: readonly Layer[] }).stack;
  const routed = stack.flatMap(({ route }) =>
    route ? Object.keys(route.methods).map((method) => `${method} ${route.path}`) : [],
  );
  const file = JSON.parse(readFileSync(join(__dirname, '../../openapi.json'), 'utf8')) as {
    paths: Record<string, object>;
  };
  const described = Object.entries(file.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect(described.sort()).toEqual(routed.sort());
});
