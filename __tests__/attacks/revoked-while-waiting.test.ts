import http from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import request from 'supertest';
import type { Principal } from '../../lib/auth/principal.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { readBody } from '../../routes/request-body.js';
import { send } from '../../routes/reply.js';
import {
  ADMIN,
  AUTH_HEADERS,
  createHost,
  SECOND_FACTOR,
  seedAdmin,
  storeSettings,
  UNREACHABLE_DIRECTORY,
} from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { serve, type Served } from '../routes/event-reader.js';

const DECISIONS = [
  'syncNow',
  'previewSync',
  'applyPlan',
  'approveRun',
  'rejectRun',
  'revertRun',
  'cancelRun',
];
const POSTS = [...DECISIONS, 'testSearch', 'testSettings'];
const UNAUTHENTICATED = { status: 'error', message: 'You must be logged in to do this.' };

let database: TestDatabase;
let served: Served;
let ldapSync: LdapSync;

async function start(options: Parameters<typeof createHost>[1] = {}): Promise<void> {
  const host = createHost(database.connection, options);
  ldapSync = host.ldapSync;
  served = await serve(host.app);
}

beforeEach(async () => {
  database = await openTestDatabase();
  await seedAdmin(database.connection);
  await storeSettings(database.connection, {
    API_Enable_Rate_Limiter: false,
    ...UNREACHABLE_DIRECTORY,
  });
});
afterEach(async () => {
  await ldapSync.stop();
  await served.close();
  await database.close();
});

const users = () => database.connection.collection('users');
const revokeToken = () =>
  users().updateOne({ _id: ADMIN._id as never }, { $set: { 'services.resume.loginTokens': [] } });
const countRuns = () => database.connection.collection('ldap_sync_runs').countDocuments();

interface Answer {
  readonly status: number;
  readonly body: { readonly error?: string };
}

/** Sends half a body; the rest when `between` has been done. */
async function postInHalves(verb: string, headers: object, between: () => Promise<unknown>): Promise<Answer> {
  const body = verb === 'testSearch' ? '{"username":"ada"}' : `{"runId":"${'a'.repeat(17)}"}`;
  const call = http.request({
    port: (served.server.address() as AddressInfo).port,
    path: `/api/v1/ldap.${verb}`,
    method: 'POST',
    agent: false,
    headers: { 'Content-Type': 'application/json', 'Content-Length': body.length, ...headers },
  });
  const isWaiting = new Promise<void>((resolve) =>
    served.server.once('request', (incoming: http.IncomingMessage) => {
      // The body is read once the checks before it have let the call pass.
      incoming.on('newListener', (name) => {
        if (name === 'data') setImmediate(resolve);
      });
    }),
  );
  const answered = new Promise<http.IncomingMessage>((resolve, reject) =>
    call.once('response', resolve).once('error', reject),
  );
  call.write(body.slice(0, 5));
  await isWaiting;
  await between();
  call.end(body.slice(5));
  const response = await answered;
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk as string;
  return { status: response.statusCode!, body: JSON.parse(text) as Answer['body'] };
}

describe.each(POSTS)('ldap.%s whose body is slow', (verb) => {
  it('does nothing for a token that was revoked while the body arrived', async () => {
    await start();
    const answer = await postInHalves(verb, { ...AUTH_HEADERS, ...SECOND_FACTOR }, revokeToken);
    expect(answer).toEqual({ status: 401, body: UNAUTHENTICATED });
    expect(await countRuns()).toBe(0);
  });

  it('does nothing for a user whose permission was taken away while the body arrived', async () => {
    await start();
    const answer = await postInHalves(verb, { ...AUTH_HEADERS, ...SECOND_FACTOR }, () =>
      users().updateOne({ _id: ADMIN._id as never }, { $set: { roles: ['user'] } }),
    );
    expect([400, 403]).toContain(answer.status);
    expect(answer.body.error).toMatch(/error-not-authorized|error-unauthorized/);
    expect(await countRuns()).toBe(0);
  });
});

it('the host’s own sign-in is asked again, too, and has to name the same user', async () => {
  let who: Principal | undefined = { userId: ADMIN._id };
  let asked = 0;
  await start({
    authenticate: () => ((asked += 1), Promise.resolve(who)),
    authorize: () => Promise.resolve(true),
  });
  const other = await postInHalves('syncNow', SECOND_FACTOR, () => {
    who = { userId: 'somebodyElse' };
    return Promise.resolve();
  });
  expect(other).toEqual({ status: 401, body: UNAUTHENTICATED });
  expect(asked).toBe(2);
  expect(await countRuns()).toBe(0);
});

it('a body that does not arrive in time is answered, and its connection closed', async () => {
  const app: Express = express();
  app.post('/', (call, response, next) => {
    readBody(call, response, 50).then((reply) => send(response, reply!), next);
  });
  await start();
  const other = await serve(app);
  const closed = new Promise<void>((resolve) =>
    other.server.once('connection', (socket) => socket.once('close', () => resolve())),
  );
  const call = http.request({
    port: (other.server.address() as AddressInfo).port,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Content-Length': 100 },
  });
  const answered = new Promise<http.IncomingMessage>((resolve) => call.once('response', resolve));
  call.on('error', () => undefined).write('{');
  const response = await answered;
  expect(response.statusCode).toBe(408);
  response.resume();
  await closed;
  await other.close();
});

it('a call whose token is still good goes through', async () => {
  await start();
  const answer = await postInHalves('syncNow', { ...AUTH_HEADERS, ...SECOND_FACTOR }, () =>
    Promise.resolve(),
  );
  expect(answer).toMatchObject({ status: 200, body: { message: 'Sync_in_progress' } });
  expect((await request(served.server).get('/api/v1/ldap.listRuns').set(AUTH_HEADERS)).body.total).toBe(1);
});
