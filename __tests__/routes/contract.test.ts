import request from 'supertest';
import express, { type Express } from 'express';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import {
  ADMIN,
  AUTH_HEADERS,
  createHost,
  hashToken,
  SECOND_FACTOR,
  seedAdmin,
  storeSettings,
  UNREACHABLE_DIRECTORY,
} from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { abridge } from '../setup/abridge.js';

const ON = {
  ...UNREACHABLE_DIRECTORY,
  API_Enable_Rate_Limiter: false,
};
const UNAUTHENTICATED = { status: 'error', message: 'You must be logged in to do this.' };
const challengeBody = (error: string, errorType: string) => ({
  success: false,
  error: `${error} [${errorType}]`,
  errorType,
  details: { method: 'password', codeGenerated: false, availableMethods: [] },
});

describe.each([
  ['without a body parser', { parseJson: false }],
  ['behind express.json()', { parseJson: true }],
])('the HTTP contract, %s', (_, hostOptions) => {
  let database: TestDatabase;
  let app: Express;
  let ldapSync: LdapSync;

  beforeEach(async () => {
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeSettings(database.connection, ON);
    ({ app, ldapSync } = createHost(database.connection, hostOptions));
  });

  afterEach(async () => {
    await ldapSync.stop();
    await database.close();
  });

  const post = (path = 'ldap.syncNow') => request(app).post(`/api/v1/${path}`);
  const get = (path: string) => request(app).get(`/api/v1/${path}`).set(AUTH_HEADERS);
  const syncNow = () => post().set(AUTH_HEADERS).set(SECOND_FACTOR);
  const set = (settings: Readonly<Record<string, unknown>>) => storeSettings(database.connection, settings);
  const setRoles = (permission: string, roles: readonly string[]) =>
    database.connection
      .collection('rocketchat_permissions')
      .updateOne({ _id: permission as never }, { $set: { roles } });

  function expectExactly(response: request.Response, status: number, body: object): void {
    expect({
      status: response.status,
      body: response.body as object,
      type: response.headers['content-type'],
    }).toEqual({
      status,
      body,
      type: 'application/json',
    });
  }

  describe('1: who calls', () => {
    it('is answered with 401 when no headers are there', async () => {
      expectExactly(await post(), 401, UNAUTHENTICATED);
    });

    it.each([
      ['the token is unknown', { 'X-Auth-Token': 'another' }],
      ['the token is of another user', { 'X-User-Id': 'somebody' }],
      ['the user id is an operator', { 'X-User-Id': '{"$ne":null}' }],
      ['the token is huge', { 'X-Auth-Token': 'x'.repeat(8_000) }],
    ])('is answered with 401 when %s', async (_, headers) => {
      expectExactly(await syncNow().set(headers), 401, UNAUTHENTICATED);
    });

    it('is answered with 401 when the user is inactive', async () => {
      await database.connection
        .collection('users')
        .updateOne({ _id: ADMIN._id as never }, { $set: { active: false } });
      expectExactly(await syncNow(), 401, UNAUTHENTICATED);
    });

    it('is answered with 401 when the token is older than Accounts_LoginExpiration', async () => {
      await database.connection.collection('users').updateOne(
        { _id: ADMIN._id as never },
        {
          $set: {
            'services.resume.loginTokens': [
              { hashedToken: hashToken(ADMIN.token), when: new Date(Date.now() - 91 * 86_400_000) },
            ],
          },
        },
      );
      expectExactly(await syncNow(), 401, UNAUTHENTICATED);
      await set({ Accounts_LoginExpiration: 92 });
      expect((await syncNow()).status).toBe(200);
    });
  });

  it('2: too many calls are answered with 429 and the headers of Rocket.Chat', async () => {
    await set({ API_Enable_Rate_Limiter: true, API_Enable_Rate_Limiter_Limit_Calls_Default: 2 });
    const first = await post().set(AUTH_HEADERS);
    expect(first.headers).toMatchObject({ 'x-ratelimit-limit': '2', 'x-ratelimit-remaining': '1' });
    expect(Number(first.headers['x-ratelimit-reset'])).toBeGreaterThan(Date.now());
    await post().set(AUTH_HEADERS);
    const third = await post().set(AUTH_HEADERS);
    expect(third.status).toBe(429);
    expect(third.headers['content-type']).toBe('application/json');
    expect(third.body).toEqual({
      success: false,
      error: expect.stringMatching(
        /^Error, too many requests\. Please slow down\. You must wait \d+ seconds before trying this endpoint again\. \[error-too-many-requests\]$/,
      ),
    });
    expectExactly(await post(), 401, UNAUTHENTICATED);
  });

  it('3, 4: the second factor is demanded, whatever else is wrong', async () => {
    await setRoles('sync-auth-services-users', []);
    await set({ LDAP_Enable: false });
    expectExactly(await post().set(AUTH_HEADERS), 400, challengeBody('TOTP Required', 'totp-required'));
    const wrong = await post().set(AUTH_HEADERS).set({ 'x-2fa-method': 'password', 'x-2fa-code': 'wrong' });
    expectExactly(wrong, 400, challengeBody('TOTP Invalid', 'totp-invalid'));
  });

  it('5: after too many wrong codes even the right one is refused', async () => {
    const wrong = () => syncNow().set('x-2fa-code', 'f'.repeat(64));
    for (let attempt = 0; attempt < 11; attempt += 1) await wrong();
    expectExactly(
      await wrong(),
      400,
      challengeBody('TOTP Maximun Failed Attempts Reached', 'totp-max-attempts'),
    );
    expectExactly(
      await syncNow(),
      400,
      challengeBody('TOTP Maximun Failed Attempts Reached', 'totp-max-attempts'),
    );
  });

  it('6: without the permission it is 400, after the second factor', async () => {
    await setRoles('sync-auth-services-users', ['somebody-else']);
    expectExactly(await syncNow(), 400, { success: false, error: 'error-not-authorized' });
  });

  it('7, 8: LDAP off, and nothing to sync, are told apart; a change counts at once', async () => {
    await set({ LDAP_Enable: false });
    expectExactly(await syncNow(), 400, { success: false, error: 'LDAP_disabled' });
    await set({ LDAP_Enable: true, LDAP_Background_Sync: false });
    expectExactly(await syncNow(), 400, { success: false, error: 'LDAP_Background_Sync_disabled' });
    await set({ LDAP_Background_Sync_Avatars: true });
    expectExactly(await syncNow(), 200, { message: 'Sync_in_progress', success: true });
  });

  it('9: a run is started, and its report is where Location says', async () => {
    const response = await syncNow();
    expectExactly(response, 200, { message: 'Sync_in_progress', success: true });
    expect(response.headers.location).toMatch(/^\/api\/v1\/ldap\.runInfo\?runId=[0-9A-Za-z]{17}$/);
    const report = await request(app).get(response.headers.location!).set(AUTH_HEADERS);
    expect(report.headers['content-type']).toBe('application/json');
    expect(report.body).toMatchObject({
      success: true,
      run: {
        state: expect.stringMatching(/running|failed/),
        requestedBy: { _id: ADMIN._id, username: 'admin' },
        counts: { read: 0, failed: 0 },
      },
    });
  });

  it.each([
    [
      'an empty body that calls itself JSON',
      (call: request.Test) => call.set('Content-Type', 'application/json'),
      200,
    ],
    ['a body of another kind', (call: request.Test) => call.type('text').send('hello'), 200],
    ['a body with an operator', (call: request.Test) => call.send({ $gt: '' }), 200],
  ])('%s does not disturb', async (_, prepare, status) => {
    expect((await prepare(syncNow())).status).toBe(status);
  });

  it('a bare second factor header given twice is refused', async () => {
    const response = await syncNow().set('x-2fa-code', [
      SECOND_FACTOR['x-2fa-code'],
      SECOND_FACTOR['x-2fa-code'],
    ] as never);
    expect(response.body).toMatchObject({ errorType: 'totp-invalid' });
  });

  describe('reports', () => {
    it('need the permission, and no second factor', async () => {
      await setRoles('sync-auth-services-users', []);
      const body = {
        success: false,
        error: 'User does not have the permissions required for this action [error-unauthorized]',
      };
      expectExactly(await get('ldap.runInfo?runId=abc'), 403, body);
      expectExactly(await get('ldap.listRuns'), 403, body);
      expectExactly(await request(app).get('/api/v1/ldap.listRuns'), 401, UNAUTHENTICATED);
    });

    it('are listed newest first, page by page', async () => {
      for (let index = 0; index < 3; index += 1) await ldapSync.sync();
      const all = await get('ldap.listRuns');
      expect(all.body).toMatchObject({ success: true, count: 3, offset: 0, total: 3 });
      const started = (all.body.runs as { startedAt: string }[]).map(({ startedAt }) => startedAt);
      expect(started).toEqual([...started].sort().reverse());
      const second = await get('ldap.listRuns?count=1&offset=1');
      expect(second.body).toMatchObject({
        count: 1,
        offset: 1,
        total: 3,
        runs: [{ _id: all.body.runs[1]._id }],
      });
    });

    const badIds = ['runId=', 'runId[$ne]=1', 'runId=a&runId=b', `runId=${'x'.repeat(5_000)}`, 'x=1'];
    it.each(badIds.map((query) => [abridge(query), query]))('refuse %s', async (_, query) => {
      const response = await get(`ldap.runInfo?${query}`);
      expect(response.status).toBe(400);
      expect(response.body).toMatchObject({ success: false, errorType: 'invalid-params' });
    });

    it.each(['count=0', 'count=101', 'count=-1', 'count=x', 'offset=-1', 'count=1&count=2', 'offset=1e9'])(
      'refuse %s',
      async (query) => {
        expect((await get(`ldap.listRuns?${query}`)).body).toMatchObject({
          success: false,
          errorType: 'invalid-params',
        });
      },
    );

    it('say so when there is no such run', async () => {
      expectExactly(await get(`ldap.runInfo?runId=${'a'.repeat(17)}`), 400, {
        success: false,
        error: 'Run not found',
      });
    });
  });

  describe('testConnection and testSearch', () => {
    it('need their own permission: 403', async () => {
      await setRoles('test-admin-options', []);
      for (const path of ['ldap.testConnection', 'ldap.testSearch']) {
        expectExactly(await post(path).set(AUTH_HEADERS), 403, {
          success: false,
          error: 'User does not have the permissions required for this action [error-unauthorized]',
        });
      }
    });

    it('say LDAP_disabled while LDAP is off', async () => {
      await set({ LDAP_Enable: false });
      expectExactly(await post('ldap.testConnection').set(AUTH_HEADERS), 400, {
        success: false,
        error: 'LDAP_disabled',
      });
      expectExactly(await post('ldap.testSearch').set(AUTH_HEADERS).send({ username: 'a' }), 400, {
        success: false,
        error: 'LDAP_disabled',
      });
    });

    it('say what is wrong with the connection', async () => {
      expectExactly(await post('ldap.testConnection').set(AUTH_HEADERS), 400, {
        success: false,
        error: 'LDAP_Connection_failed_reason',
        errorType: 'error-ldap-connection-failed',
        details: { reason: expect.stringContaining('LDAP_Port') },
      });
      expectExactly(await post('ldap.testSearch').set(AUTH_HEADERS).send({ username: 'a' }), 400, {
        success: false,
        error: 'LDAP_search_failed',
      });
    });

    const badBodies: unknown[] = [
      {},
      { username: '' },
      { username: { $gt: '' } },
      { username: 'a', more: 1 },
      { username: ['a'] },
      { username: 'x'.repeat(300) },
    ];
    it.each(badBodies.map((body) => [abridge(body ?? 'that is missing'), body as object]))(
      'refuse the body %s',
      async (_, body) => {
        const response = await post('ldap.testSearch').set(AUTH_HEADERS).send(body);
        expect(response.status).toBe(400);
        expect(response.body).toMatchObject({ success: false, errorType: 'invalid-params' });
      },
    );
  });

  it('leaves every other path to the host', async () => {
    expect((await request(app).get('/api/v1/ldap.syncNow')).status).toBe(404);
    expect((await request(app).post('/api/v1/ldap.unknown')).status).toBe(404);
  });
});

describe('without a body parser of the host', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeSettings(database.connection, ON);
  });
  afterEach(() => database.close());

  it.each([
    ['broken JSON', '{"a":', 400, 'The request body is not JSON [invalid-params]'],
    [
      '10 MB',
      JSON.stringify({ a: 'x'.repeat(10_000_000) }),
      413,
      'The request body is too large; at most 64 kB are read [invalid-params]',
    ],
  ])('%s is refused with a clear error', async (_, body, status, error) => {
    const { app } = createHost(database.connection);
    const response = await request(app)
      .post('/api/v1/ldap.syncNow')
      .set(AUTH_HEADERS)
      .set(SECOND_FACTOR)
      .type('json')
      .send(body);
    expect(response.status).toBe(status);
    expect(response.body).toEqual({ success: false, error, errorType: 'invalid-params' });
  });

  it('a body is not even read before the caller is known', async () => {
    const { app } = createHost(database.connection);
    const response = await request(app).post('/api/v1/ldap.syncNow').type('json').send('{"a":');
    expect(response.status).toBe(401);
  });

  it('Location names the path the host has chosen', async () => {
    const { app, ldapSync } = createHost(database.connection, { mountPath: '/chat/api/v1' });
    const response = await request(app)
      .post('/chat/api/v1/ldap.syncNow')
      .set(AUTH_HEADERS)
      .set(SECOND_FACTOR);
    expect(response.headers.location).toMatch(/^\/chat\/api\/v1\/ldap\.runInfo\?runId=/);
    await ldapSync.stop();
  });

  it('an error that is not ours reaches the error handler of the host', async () => {
    const seen: unknown[] = [];
    const { app } = createHost(database.connection, {
      authenticate: async () => Promise.reject(new Error('a bug of the host')),
    });
    app.use(
      (
        error: Error,
        _request: unknown,
        response: { status(code: number): { end(): void } },
        _next: unknown,
      ) => {
        seen.push(error.message);
        response.status(500).end();
      },
    );
    expect((await request(app).post('/api/v1/ldap.syncNow')).status).toBe(500);
    expect(seen).toEqual(['a bug of the host']);
  });
});

it('these suites really run on the Express they name', () => {
  const { EXPRESS_MAJOR } = globalThis as unknown as { EXPRESS_MAJOR: number };
  expect('del' in express.application).toBe(EXPRESS_MAJOR === 4);
});
