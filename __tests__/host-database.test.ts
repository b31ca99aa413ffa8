import request from 'supertest';
import type { Mongoose } from 'mongoose';
import { createLdapSync } from '../lib/index.js';
import type { Logger } from '../lib/logger.js';
import { AUTH_HEADERS, createHost, SECOND_FACTOR, seedAdmin, storeSettings } from './setup/host.js';
import { byPort, openTestDatabase, type TestDatabase } from './setup/mongo.js';
import { startTcpProxy } from './setup/tcp-proxy.js';

let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
  await seedAdmin(database.connection);
  await storeSettings(database.connection, { LDAP_Enable: true, LDAP_Background_Sync: true });
});
afterEach(() => database.close());

/** Another copy of mongoose, as npm installs it where versions differ; what is done to it touches no other test. */
function loadMongoose(): Mongoose {
  let copy: Mongoose | undefined;
  jest.isolateModules(() => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    copy = require('mongoose') as Mongoose;
  });
  if (!copy) throw new Error('There is no copy of mongoose.');
  return copy;
}

/** Where a host's connection is configured in an unusual way. */
const HOSTS: readonly (readonly [string, object, (copy: Mongoose) => void])[] = [
  ['of another copy of mongoose', {}, () => undefined],
  ['with sanitizeFilter', {}, (copy) => copy.set('sanitizeFilter', true)],
  ['with strictQuery "throw"', {}, (copy) => copy.set('strictQuery', 'throw')],
  [
    'with a plugin that adds a tenant to every query',
    {},
    (copy) =>
      copy.plugin((schema) => {
        schema.pre(/^find/, function (this: { where(filter: object): void }) {
          this.where({ tenant: 'x' });
        });
      }),
  ],
  ['without promoted values', { promoteValues: false, promoteLongs: false }, () => undefined],
  ['with values as raw bytes', { raw: true, promoteBuffers: true }, () => undefined],
  ['with unacknowledged writes', { writeConcern: { w: 0 } }, () => undefined],
  ['that prefers secondaries', { readPreference: 'secondaryPreferred' }, () => undefined],
  ['that leaves out what is undefined', { ignoreUndefined: true }, () => undefined],
];

describe('a connection', () => {
  it.each(HOSTS)('%s serves a call with a second factor, its run and its report', async (_, options, set) => {
    const copy = loadMongoose();
    set(copy);
    const connection = await copy
      .createConnection(database.url, { autoIndex: false, ...options })
      .asPromise();
    const { app, ldapSync } = createHost(connection);
    try {
      const answer = await request(app)
        .post('/api/v1/ldap.syncNow')
        .set({ ...AUTH_HEADERS, ...SECOND_FACTOR });
      expect([answer.status, answer.body]).toEqual([200, { message: 'Sync_in_progress', success: true }]);
      const { problems } = await ldapSync.sync();
      // The settings were read: LDAP is on, and only the directory is missing.
      expect(JSON.stringify(problems)).toContain('LDAP_Host');
      const report = await request(app)
        .get(answer.headers.location as string)
        .set(AUTH_HEADERS);
      expect(report.body).toMatchObject({
        success: true,
        run: { kind: 'sync', startedAt: expect.any(String) },
      });
      expect((await request(app).get('/api/v1/ldap.status').set(AUTH_HEADERS)).status).toBe(200);
    } finally {
      await ldapSync.stop();
      await connection.close();
    }
  });

  it('two instances of two copies of mongoose work side by side', async () => {
    const connections = await Promise.all(
      [loadMongoose(), loadMongoose()].map((copy) => copy.createConnection(database.url).asPromise()),
    );
    try {
      const reports = await Promise.all(
        connections.map((connection) => createLdapSync({ connection: connection }).sync()),
      );
      expect(reports.map(({ kind }) => kind)).toEqual(['sync', 'sync']);
    } finally {
      await Promise.all(connections.map((connection) => connection.close()));
    }
  });
});

const AWAY = {
  success: false,
  error: expect.stringContaining('[error-database-unavailable]'),
  errorType: 'error-database-unavailable',
};

/** The error lines of a host. */
function listen(): { logger: Logger; lines: unknown[][] } {
  const lines: unknown[][] = [];
  const ignore = (): void => undefined;
  return {
    logger: { debug: ignore, info: ignore, warn: ignore, error: (...line) => lines.push(line) },
    lines,
  };
}

describe('calls while MongoDB is away', () => {
  it('on a connection that was never opened are answered 503 in JSON, with one line in the log', async () => {
    const { logger, lines } = listen();
    const { app } = createHost(loadMongoose().createConnection(), { logger });
    for (const path of ['syncNow', 'previewSync', 'cancelRun', 'testConnection']) {
      const answer = await request(app).post(`/api/v1/ldap.${path}`).set(AUTH_HEADERS);
      expect([answer.status, answer.headers['content-type']]).toEqual([503, 'application/json']);
      expect(answer.body).toEqual(AWAY);
      expect(answer.headers['retry-after']).toBe('5');
    }
    expect((await request(app).get('/api/v1/ldap.status').set(AUTH_HEADERS)).body).toEqual(AWAY);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.[0]).toMatchObject({ remedy: expect.stringContaining('Start MongoDB') });
  });

  it.each([
    ['is silent', (stop: () => void) => stop()],
    ['is gone', undefined],
  ])('that %s are answered 503 in JSON', async (_, silence) => {
    let isSilent = false;
    const { port } = new URL(database.url);
    const proxy = await startTcpProxy({
      targetPort: Number(port),
      distort: (chunk) => ({ chunks: isSilent ? [] : [chunk] }),
    });
    const proxyPort = proxy.port;
    const connection = await loadMongoose()
      .createConnection(byPort(database.url, proxyPort).href, {
        autoIndex: false,
        serverSelectionTimeoutMS: 1_000,
      })
      .asPromise();
    const { app, ldapSync } = createHost(connection);
    try {
      const status = () => request(app).get('/api/v1/ldap.status').set(AUTH_HEADERS);
      expect((await status()).status).toBe(200);
      if (silence) silence(() => (isSilent = true));
      else await proxy.close();
      // A ping that was answered a moment ago counts for a second.
      let answer = await status();
      while (answer.status === 200) answer = await status();
      expect([answer.status, answer.headers['content-type']]).toEqual([503, 'application/json']);
      expect(answer.body).toEqual(AWAY);
    } finally {
      await proxy.close().catch(() => undefined);
      await ldapSync.stop();
      await connection.close(true);
    }
  });
});

it('stop() gives up a run whose MongoDB has fallen silent, and says so in the log', async () => {
  let isSilent = false;
  const proxy = await startTcpProxy({
    targetPort: Number(new URL(database.url).port),
    distort: (chunk) => ({ chunks: isSilent ? [] : [chunk] }),
  });
  const connection = await loadMongoose()
    .createConnection(byPort(database.url, proxy.port).href, {
      autoIndex: false,
      serverSelectionTimeoutMS: 1_000,
    })
    .asPromise();
  const warnings: unknown[] = [];
  const ignore = (): void => undefined;
  const logger = {
    debug: ignore,
    info: ignore,
    error: ignore,
    warn: (_: object, text: string) => warnings.push(text),
  };
  const { ldapSync } = createHost(connection, { logger });
  try {
    const started = new Promise((resolve) => ldapSync.events.once('run:started', resolve));
    void ldapSync.sync().catch(ignore);
    await started;
    isSilent = true;
    await ldapSync.stop();
    expect(warnings).toContain('The LDAP sync has not ended in time');
  } finally {
    // First, since the driver says goodbye to a silent server for a long time.
    await proxy.close();
    await connection.close(true);
  }
});
