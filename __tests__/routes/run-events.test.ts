import http, { type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import express from 'express';
import request from 'supertest';
import { createStoredPermissions } from '../../lib/auth/stored-permissions.js';
import { createTokenAuthentication } from '../../lib/auth/token-authentication.js';
import type { Authenticate } from '../../lib/auth/principal.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import type { LdapSyncOptions } from '../../lib/options.js';
import type { Logger } from '../../lib/logger.js';
import { createReadSettings } from '../../lib/settings/settings.js';
import { createStoredSettings } from '../../lib/settings/stored-settings.js';
import { createRunLog, type RunLog } from '../../lib/sync/run/run-log.js';
import type { ActiveRun } from '../../lib/sync/run/active-run.js';
import type { StreamTiming } from '../../routes/follow-run.js';
import { createRunEventStream } from '../../routes/run-events.js';
import { ADMIN, AUTH_HEADERS, createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { serve, type Served } from './event-reader.js';

const PERMISSION = 'sync-auth-services-users';
const FOREVER = 3_600_000;
const ROW = { outcome: 'conflicted', username: 'grace', reason: 'taken', remedy: 'Rename.' } as const;
const clock = () => new Date();

let database: TestDatabase;
let run: ActiveRun;
/** What another host on the same database does. */
let elsewhere: RunLog;
const lines: unknown[][] = [];
const write = (...line: unknown[]) => void lines.push(line);
const logger: Logger = { debug: () => undefined, info: () => undefined, warn: write, error: write };
const cleanUps: (() => Promise<void>)[] = [];

beforeEach(async () => {
  lines.length = 0;
  database = await openTestDatabase();
  await seedAdmin(database.connection);
  await storeSettings(database.connection, { API_Enable_Rate_Limiter: false });
  elsewhere = createRunLog({ connection: database.connection, clock, logger });
  run = (await elsewhere.start({ kind: 'sync', requestedBy: { _id: 'u1', username: 'ada' } })).active!;
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  await run.finish({ state: 'completed' });
  await database.close();
});

const users = () => database.connection.collection('users');
const url = (runId = run.id) => `/api/v1/ldap.runEvents?runId=${runId}`;
/** Writes what was counted at once, where `saveProgress` would wait for a quarter of a second. */
async function save(): Promise<void> {
  await database.connection
    .collection('ldap_sync_runs')
    .updateOne({ _id: run.id as never }, { $set: { ...run.tally.snapshot() } });
  run.tally.saved();
}

async function serveHost(
  options: Partial<LdapSyncOptions> = {},
): Promise<{ served: Served; ldapSync: LdapSync }> {
  const { app, ldapSync } = createHost(database.connection, { logger, ...options });
  const served = await serve(app);
  cleanUps.push(async () => {
    await ldapSync.stop();
    await served.close();
  });
  return { served, ldapSync };
}

/** The handler under the sign-in and the permissions of a host, with other timing. */
async function serveTimed(
  timing: Partial<StreamTiming>,
  runs: Pick<RunLog, 'summary' | 'excerpt'> = elsewhere,
  signIn?: Authenticate,
): Promise<Served> {
  const { connection } = database;
  const readSettings = createReadSettings(createStoredSettings(connection), {});
  const authenticate =
    signIn ??
    createTokenAuthentication({ connection, readSettings, databaseTime: () => Promise.resolve(clock()) });
  const stream = createRunEventStream({
    runs,
    authenticate,
    authorize: createStoredPermissions({ connection }),
    logger,
    permission: PERMISSION,
    stopping: new AbortController().signal,
    timing: {
      poll: 10,
      heartbeat: FOREVER,
      recheck: FOREVER,
      longest: FOREVER,
      slowest: FOREVER,
      retry: 3_000,
      grace: FOREVER,
      ...timing,
    },
  });
  const app = express();
  // A request that has been read to its end closes, which says nothing of the client.
  app.use((call, _response, next) => void call.resume().once('end', next));
  app.get('/api/v1/ldap.runEvents', (call, response, next) => {
    authenticate(call)
      .then((by) => stream({ request: call, response, principal: by!, input: { runId: run.id } }))
      .then((reply) => reply === 'answered' || response.status(reply.status).json(reply.body))
      .catch(next);
  });
  const served = await serve(app);
  cleanUps.push(() => served.close());
  return served;
}

describe('the stream of a run', () => {
  it('tells what changed, whichever host runs it, and ends with the whole report', async () => {
    const { served } = await serveHost();
    const reader = await served.open(url(), AUTH_HEADERS);
    expect(reader.status).toBe(200);
    expect(reader.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    await reader.until(/event: progress\n/);
    run.tally.read(250);
    run.tally.attention(ROW);
    await save();
    await reader.until(/"read":250/);
    await run.finish({ state: 'held' });
    await reader.ended;
    expect(reader.text()).toMatch(
      /^retry: 3000\n\n(event: (progress|finished)\nid: [\w-]+\ndata: \{.*\}\n\n)+$/,
    );
    const [first, second, last, ...more] = reader.events();
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      event: 'progress',
      data: { _id: run.id, state: 'running', counts: { read: 0 } },
    });
    expect(second).toMatchObject({ event: 'progress', data: { counts: { read: 250 } } });
    expect(second!.data).toMatchObject({ attentionCount: 1, problemCount: 0 });
    for (const { data } of [first!, second!]) expect(data).not.toHaveProperty('attention');
    const info = await request(served.server).get(`/api/v1/ldap.runInfo?runId=${run.id}`).set(AUTH_HEADERS);
    expect(last).toMatchObject({ event: 'finished', data: info.body.run });
    expect(last!.data.attention).toEqual([ROW]);
  });

  it('of a run that has finished is its report', async () => {
    await run.finish({ state: 'failed' });
    const { served } = await serveHost();
    const reader = await served.open(url(), AUTH_HEADERS);
    await reader.ended;
    expect(reader.events()).toMatchObject([{ event: 'finished', data: { state: 'failed' } }]);
  });

  it('of a run whose host died ends with interrupted', async () => {
    const served = await serveTimed({});
    const reader = await served.open(url(), AUTH_HEADERS);
    await reader.until(/event: progress\n/);
    await database.connection
      .collection('ldap_sync_lease')
      .updateOne({}, { $set: { expiresAt: new Date(0) } });
    await reader.ended;
    expect(reader.events().at(-1)).toMatchObject({ event: 'finished', data: { state: 'interrupted' } });
  });

  it('says nothing while nothing changes, but shows that it is alive', async () => {
    const served = await serveTimed({ heartbeat: 30 });
    const reader = await served.open(url(), AUTH_HEADERS);
    await reader.until(/\n:\n\n:\n\n/);
    expect(reader.events()).toHaveLength(1);
    reader.leave();
  });

  it('goes on where a client was that connects again', async () => {
    const served = await serveTimed({ heartbeat: 30 });
    const before = await served.open(url(), AUTH_HEADERS);
    await before.until(/event: progress[^]*\n\n/);
    before.leave();
    const again = await served.open(url(), { ...AUTH_HEADERS, 'Last-Event-ID': before.events()[0]!.id });
    await again.until(/\n:\n\n/);
    expect(again.events()).toEqual([]);
    await run.finish({ state: 'completed' });
    await again.ended;
    expect(again.events()).toMatchObject([{ event: 'finished' }]);
  });

  it('tells a client that has seen the end to stay away, since it would connect again for ever', async () => {
    await run.finish({ state: 'completed' });
    const { served } = await serveHost();
    const reader = await served.open(url(), AUTH_HEADERS);
    await reader.ended;
    const again = await served.open(url(), { ...AUTH_HEADERS, 'Last-Event-ID': reader.events()[0]!.id });
    await again.ended;
    expect([again.status, again.text()]).toEqual([204, '']);
  });

  it('of a HEAD is its headers', async () => {
    const { served } = await serveHost();
    const reader = await served.open(url(), AUTH_HEADERS, 'HEAD');
    await reader.ended;
    expect([reader.status, reader.headers['content-type'], reader.text()]).toEqual([
      200,
      'text/event-stream',
      '',
    ]);
  });

  it('does not pile up for a client that reads slowly, who misses steps but not the end', async () => {
    const report = (await elsewhere.excerpt(run.id, { offset: 0, count: 1 }))!;
    let looks = 0;
    let state: 'running' | 'completed' = 'running';
    // A report of 1 MB that changes with every look.
    const look = () => {
      const counts = { ...report.counts, read: (looks += 1), ['x'.repeat(1_000_000)]: 1 };
      return Promise.resolve({ ...report, state, counts });
    };
    const changing = { summary: look, excerpt: look };
    const served = await serveTimed({ poll: 1 }, changing);
    const connected = new Promise<Socket>((resolve) => served.server.once('connection', resolve));
    const reader = await served.open(url(), AUTH_HEADERS);
    reader.pause();
    const socket = await connected;
    while (looks < 100) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(socket.writableLength).toBeLessThan(5_000_000);
    state = 'completed';
    reader.resume();
    await reader.ended;
    expect(reader.events().at(-1)).toMatchObject({ event: 'finished' });
    expect(reader.events().length).toBeLessThan(50);
  });
});

describe('whoever may not watch', () => {
  it('is told so in JSON, as everywhere', async () => {
    const { served } = await serveHost();
    const get = (path: string, headers: IncomingHttpHeaders = { ...AUTH_HEADERS }) =>
      request(served.server).get(path).set(headers);
    const invalid = { success: false, errorType: 'invalid-params' };
    expect((await get(url(), {})).status).toBe(401);
    for (const query of ['', '?runId=', '?runId[$ne]=1', '?runId=a&runId=b']) {
      expect((await get(`/api/v1/ldap.runEvents${query}`)).body).toMatchObject(invalid);
    }
    const unknown = await get(url('a'.repeat(17)));
    expect([unknown.status, unknown.body, unknown.headers['content-type']]).toEqual([
      400,
      { success: false, error: 'Run not found' },
      'application/json',
    ]);
    await database.connection
      .collection('rocketchat_permissions')
      .updateOne({ _id: PERMISSION as never }, { $set: { roles: [] } });
    expect((await get(url())).status).toBe(403);
  });

  it.each([
    [
      'signed out',
      () => users().updateOne({ _id: ADMIN._id as never }, { $set: { 'services.resume.loginTokens': [] } }),
    ],
    ['lost the role', () => users().updateOne({ _id: ADMIN._id as never }, { $set: { roles: ['user'] } })],
    ['was switched off', () => users().updateOne({ _id: ADMIN._id as never }, { $set: { active: false } })],
  ])('any longer, because they %s, sees the stream end', async (_, forbid) => {
    const served = await serveTimed({ recheck: 20 });
    const reader = await served.open(url(), AUTH_HEADERS);
    await reader.until(/event: progress\n/);
    await forbid();
    await reader.ended;
    expect(reader.events()).toHaveLength(1);
    expect(reader.text()).toMatch(/\n: ended not-permitted\n\n$/);
  });

  it('any longer, because somebody else signed in instead, sees the stream end', async () => {
    await users().insertOne({ _id: 'anotherAdmin' as never, active: true, roles: ['admin'] });
    let userId: string = ADMIN._id;
    const served = await serveTimed({ recheck: 20 }, elsewhere, () => Promise.resolve({ userId }));
    const reader = await served.open(url());
    await reader.until(/event: progress\n/);
    userId = 'anotherAdmin';
    await reader.ended;
    expect(reader.events()).toHaveLength(1);
  });

  it('is looked up again without an end for those who still may', async () => {
    const served = await serveTimed({ recheck: 1, heartbeat: 30 });
    const reader = await served.open(url(), AUTH_HEADERS);
    await reader.until(/(:\n\n){3}/);
    reader.leave();
  });
});

describe('streams at a time', () => {
  it('are at most 10 a user; whoever leaves makes room', async () => {
    const { served } = await serveHost();
    const readers = await Promise.all(Array.from({ length: 10 }, () => served.open(url(), AUTH_HEADERS)));
    expect(readers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    const refused = await request(served.server).get(url()).set(AUTH_HEADERS);
    expect([refused.status, refused.body]).toEqual([
      429,
      { success: false, error: expect.stringMatching(/wait 15 seconds.*\[error-too-many-requests\]$/) },
    ]);
    readers[0]!.leave();
    await untilStatus(served, 200);
  });

  it('are not taken up by calls that were refused, by HEAD, or by those that ended', async () => {
    const { served } = await serveHost();
    const idOfEnd = async () => {
      const reader = await served.open(url(), AUTH_HEADERS);
      await reader.ended;
      return reader.events()[0]!.id;
    };
    for (let index = 0; index < 11; index += 1) {
      await served.open(url('a'.repeat(17)), AUTH_HEADERS);
      await (
        await served.open(url(), AUTH_HEADERS, 'HEAD')
      ).ended;
    }
    await run.finish({ state: 'completed' });
    const seen = await idOfEnd();
    for (let index = 0; index < 11; index += 1)
      await (
        await served.open(url(), { ...AUTH_HEADERS, 'Last-Event-ID': seen })
      ).ended;
    for (let index = 0; index < 11; index += 1) await idOfEnd();
  });

  async function untilStatus(served: Served, status: number): Promise<void> {
    for (;;) {
      const reader = await served.open(url(), AUTH_HEADERS);
      reader.leave();
      if (reader.status === status) return;
    }
  }
});

describe('a stream ends', () => {
  it('by itself after the longest time', async () => {
    const served = await serveTimed({ longest: 50 });
    const reader = await served.open(url(), AUTH_HEADERS);
    await reader.ended;
    expect(reader.events().map(({ event }) => event)).toEqual(['progress']);
    expect(reader.text()).toMatch(/\n: ended time-over\n\n$/);
  });

  it('also for a client that does not read the rest', async () => {
    const report = (await elsewhere.excerpt(run.id, { offset: 0, count: 1 }))!;
    const counts = { ...report.counts, ['x'.repeat(30_000_000)]: 1 };
    const look = () => Promise.resolve({ ...report, state: 'completed' as const, counts });
    const served = await serveTimed({ grace: 50 }, { summary: look, excerpt: look });
    const closed = new Promise<void>((resolve) =>
      served.server.once('connection', (socket) => socket.once('close', () => resolve())),
    );
    (await served.open(url(), AUTH_HEADERS)).pause();
    await closed;
  });

  it('for a client that takes nothing for long, while the run goes on', async () => {
    const report = (await elsewhere.excerpt(run.id, { offset: 0, count: 1 }))!;
    const counts = { ...report.counts, ['x'.repeat(30_000_000)]: 1 };
    const look = () => Promise.resolve({ ...report, counts });
    const served = await serveTimed({ slowest: 50, grace: 50 }, { summary: look, excerpt: look });
    const closed = new Promise<void>((resolve) =>
      served.server.once('connection', (socket) => socket.once('close', () => resolve())),
    );
    (await served.open(url(), AUTH_HEADERS)).pause();
    await closed;
  });

  it('when the client leaves: the run is not looked at any more', async () => {
    let looks = 0;
    const counting = { ...elsewhere, summary: (runId: string) => ((looks += 1), elsewhere.summary(runId)) };
    const served = await serveTimed({}, counting);
    const closed = new Promise<void>((resolve) =>
      served.server.on('connection', (socket) => socket.once('close', () => resolve())),
    );
    const reader = await served.open(url(), AUTH_HEADERS);
    await reader.until(/event: progress\n/);
    reader.leave();
    await closed;
    await new Promise((resolve) => setTimeout(resolve, 50));
    const atTheEnd = looks;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(looks).toBe(atTheEnd);
  });

  it('at once for a client that left before it began', async () => {
    let looks = 0;
    const slow = {
      ...elsewhere,
      async summary(runId: string) {
        looks += 1;
        await left;
        return elsewhere.summary(runId);
      },
    };
    const served = await serveTimed({}, slow);
    const left = new Promise<void>((resolve) =>
      served.server.once('connection', (socket) => socket.once('close', () => resolve())),
    );
    const asked = http.get({
      port: (served.server.address() as AddressInfo).port,
      path: url(),
      headers: AUTH_HEADERS,
    });
    asked.once('error', () => undefined);
    while (looks === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    asked.destroy();
    await left;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(looks).toBe(1);
  });

  it('when the host stops', async () => {
    const { served, ldapSync } = await serveHost();
    const reader = await served.open(url(), AUTH_HEADERS);
    await reader.until(/event: progress\n/);
    await ldapSync.stop();
    await reader.ended;
    expect(reader.events()).toHaveLength(1);
    expect(reader.text()).toMatch(/\n: ended host-stopping\n\n$/);
  });

  it('when the database fails, which the log says', async () => {
    let isFailing = false;
    const served = await serveTimed(
      {},
      {
        ...elsewhere,
        summary: (runId) => (isFailing ? Promise.reject(new Error('secret')) : elsewhere.summary(runId)),
      },
    );
    const reader = await served.open(url(), AUTH_HEADERS);
    await reader.until(/event: progress\n/);
    isFailing = true;
    await reader.ended;
    expect(lines).toEqual([
      [{ runId: run.id, error: 'Error' }, 'A stream of the events of an LDAP sync broke off'],
    ]);
  });

  it('when the run is gone', async () => {
    const served = await serveTimed({});
    const reader = await served.open(url(), AUTH_HEADERS);
    await reader.until(/event: progress\n/);
    await database.connection.collection('ldap_sync_runs').deleteMany({});
    await reader.ended;
    expect(lines).toEqual([]);
  });
});
