import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import request from 'supertest';
import { AUTH_HEADERS, SECOND_FACTOR, storeSettings } from '../setup/host.js';
import { startCommand, type CommandProcess } from '../setup/command-process.js';
import { command, useCompany } from '../setup/command-line.js';
import { byPort } from '../setup/mongo.js';
import { storeRocketChatDefaults } from '../setup/rocketchat-defaults.js';

const company = useCompany();
const running: CommandProcess[] = [];
afterEach(async () => {
  for (const sidecar of running.splice(0)) {
    sidecar.kill('SIGKILL');
    await sidecar.ended();
  }
});

interface Sidecar extends CommandProcess {
  readonly url: string;
}

/** `serve` on a free port, once it listens. */
async function serve(environment: Readonly<Record<string, string>>): Promise<Sidecar> {
  const sidecar = startCommand(['serve'], { environment: { CHAT_LDAP_SYNC_PORT: '0', ...environment } });
  running.push(sidecar);
  let log = '';
  sidecar.child.stdout?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  await sidecar.shows('"message":"listening"');
  const port = /"message":"listening".*"port":(\d+)/.exec(log)?.[1] ?? '';
  return { ...sidecar, url: `http://127.0.0.1:${port}` };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** A line to the database that can be cut and mended, always on the same port. */
async function startLine(targetPort: number) {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;
  const open = async (): Promise<void> => {
    server = createServer((client) => {
      const target = connect(targetPort, '127.0.0.1');
      for (const socket of [client, target]) {
        sockets.add(socket);
        socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
      }
      client.pipe(target).pipe(client);
    }).listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  };
  const cut = async (): Promise<void> => {
    const closed = once(server!, 'close');
    server!.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await open();
  return { port: () => port, open, cut };
}

const statusOf = async (url: string): Promise<number> => (await request(url).get('/ready')).status;

describe('serve', () => {
  it('starts while MongoDB is away, is ready when it comes, and again after it was away', async () => {
    const line = await startLine(Number(new URL(company.database().url).port));
    await line.cut();
    const mongo = byPort(company.database().url, line.port());
    mongo.searchParams.set('serverSelectionTimeoutMS', '500');
    mongo.searchParams.set('heartbeatFrequencyMS', '500');
    const sidecar = await serve({ MONGO_URL: mongo.href });
    await sidecar.shows('MongoDB does not answer');
    expect((await request(sidecar.url).get('/health')).body).toEqual({ status: 'ok' });
    expect((await request(sidecar.url).get('/ready')).body).toMatchObject({
      status: 'not ready',
      remedy: expect.stringContaining('MONGO_URL'),
    });
    await line.open();
    await until(async () => (await statusOf(sidecar.url)) === 200);
    await line.cut();
    await until(async () => (await statusOf(sidecar.url)) === 503);
    expect((await request(sidecar.url).get('/health')).status).toBe(200);
    await line.open();
    await until(async () => (await statusOf(sidecar.url)) === 200);
    sidecar.kill('SIGTERM');
    expect((await sidecar.ended()).code).toBe(0);
    await line.cut();
  });

  it('answers the API, tells metrics, and logs a line of JSON for each event', async () => {
    const sidecar = await serve({ ...company.overDatabase(), CHAT_LDAP_SYNC_SCHEDULE: 'off' });
    await sidecar.shows('MongoDB is there');
    const started = await request(sidecar.url)
      .post('/api/v1/ldap.syncNow')
      .set({ ...AUTH_HEADERS, ...SECOND_FACTOR });
    expect(started.body).toEqual({ message: 'Sync_in_progress', success: true });
    const runs = company.database().connection.collection('ldap_sync_runs');
    await until(async () => (await runs.findOne({ state: 'completed' })) !== null);
    const metrics = await request(sidecar.url).get('/metrics');
    expect(metrics.headers['content-type']).toContain('text/plain');
    expect(metrics.text).toMatch(/^chat_ldap_sync_|^ldap_sync_/m);
    // Where the page was not built, it says so.
    expect((await request(sidecar.url).get('/ldap-sync/')).text).toMatch(/^<!doctype html>|build/i);
    expect((await request(sidecar.url).get('/nothing')).body).toEqual({ success: false, error: 'Not found' });
    sidecar.kill('SIGTERM');
    const { code, out } = await sidecar.ended();
    expect(code).toBe(0);
    for (const line of out.trim().split('\n'))
      expect(JSON.parse(line)).toMatchObject({ time: expect.any(String), level: expect.any(String) });
    expect(out).not.toContain(company.directory().bindPassword);
  });

  it('ends a run in flight when SIGTERM comes, and marks it interrupted', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    await storeSettings(company.database().connection, { LDAP_Port: (silent.address() as AddressInfo).port });
    const sidecar = await serve({ ...company.overDatabase(), CHAT_LDAP_SYNC_SCHEDULE: 'off' });
    await sidecar.shows('MongoDB is there');
    await request(sidecar.url)
      .post('/api/v1/ldap.syncNow')
      .set({ ...AUTH_HEADERS, ...SECOND_FACTOR });
    const runs = company.database().connection.collection('ldap_sync_runs');
    await until(async () => (await runs.findOne({ state: 'running' })) !== null);
    sidecar.kill('SIGTERM');
    expect((await sidecar.ended()).code).toBe(0);
    expect(await runs.findOne({})).toMatchObject({ state: 'interrupted' });
    silent.close();
  });

  it('starts syncs by the schedule of the settings', async () => {
    await storeSettings(company.database().connection, { LDAP_Background_Sync_Interval: '*/5 * * * *' });
    const sidecar = await serve(company.overDatabase());
    await sidecar.shows('MongoDB is there');
    const { out } = await command(['status', '--json', '--url', sidecar.url], {
      environment: company.overHttp(),
    });
    expect(JSON.parse(out)).toMatchObject({ nextRunAt: expect.any(String), schedule: { isStarted: true } });
  });

  it('makes nothing in the database of a Rocket.Chat but its own, and leaves its documents as they are', async () => {
    const { connection } = company.database();
    await connection.collection('rocketchat_settings').deleteMany({});
    await storeRocketChatDefaults(connection);
    const users = connection.collection('users');
    await users.createIndex({ username: 1 }, { unique: true, sparse: true });
    await users.createIndex({ 'emails.address': 1 }, { unique: true, sparse: true });
    await connection
      .collection('rocketchat_cron')
      .insertOne({ name: 'LDAP_Sync', type: 'normal', disabled: true });
    await connection
      .collection('rocketchat_room')
      .insertOne({ _id: 'GENERAL' as never, name: 'general', t: 'c' });
    const before = await snapshot();
    const sidecar = await serve(company.overDatabase());
    await until(async () => (await statusOf(sidecar.url)) === 200);
    await request(sidecar.url).get('/api/v1/ldap.status').set(AUTH_HEADERS).expect(200);
    sidecar.kill('SIGTERM');
    expect((await sidecar.ended()).code).toBe(0);
    const after = await snapshot();
    const own = Object.keys(after).filter((name) => !(name in before));
    for (const name of own) expect(name).toMatch(/^ldap_sync_/);
    for (const name of Object.keys(before)) expect({ [name]: after[name] }).toEqual({ [name]: before[name] });
  });

  /** The documents and indexes of all collections. */
  async function snapshot(): Promise<Record<string, unknown>> {
    const { connection } = company.database();
    const names = (await connection.db!.listCollections().toArray()).map(({ name }) => name);
    const entries = await Promise.all(
      names.map(async (name) => {
        const collection = connection.collection(name);
        const [documents, indexes] = await Promise.all([collection.find({}).toArray(), collection.indexes()]);
        return [name, { documents, indexes: indexes.map(({ key }) => JSON.stringify(key)).sort() }];
      }),
    );
    return Object.fromEntries(entries) as Record<string, unknown>;
  }
});

describe('serve does not start with', () => {
  it.each([
    ['no database', {}, 'where the database is'],
    ['a port that is none', { CHAT_LDAP_SYNC_PORT: '99999' }, 'CHAT_LDAP_SYNC_PORT cannot be used'],
    [
      'a proxy that is everybody',
      { CHAT_LDAP_SYNC_TRUST_PROXY: 'true' },
      'CHAT_LDAP_SYNC_TRUST_PROXY cannot be used',
    ],
    ['a MONGO_URL of another kind', { MONGO_URL: 'redis://:secret@db' }, 'not a connection string'],
  ])('%s', async (_what, others, text) => {
    const { code, err } = await command(['serve'], { environment: others });
    expect([code, err]).toEqual([2, expect.stringContaining(text)]);
    expect(err).not.toContain('secret');
  });

  it('an address that is taken', async () => {
    const port = new URL(company.url()).port;
    const environment = { ...company.overDatabase(), CHAT_LDAP_SYNC_PORT: port };
    const { code, err } = await command(['serve'], { environment });
    expect([code, err]).toEqual([1, expect.stringMatching(/EADDRINUSE[^]*CHAT_LDAP_SYNC_PORT[^]*port 0/)]);
  });
});
