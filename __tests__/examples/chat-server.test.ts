import { exec } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { promisify } from 'node:util';
import { createGridFsPhotoFiles } from '../../lib/sync/avatars/gridfs-photo-files.js';
import { startChatServerProcess, type ChatServerProcess } from '../setup/chat-server-process.js';
import { STANDALONE, startFakeMongod } from '../setup/fake-mongod.js';
import { ADMIN, AUTH_HEADERS, SECOND_FACTOR, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { listen } from '../setup/tcp-proxy.js';

let database: TestDatabase;
let server: ChatServerProcess;

beforeAll(async () => {
  database = await openTestDatabase();
  server = await startChatServerProcess({ MONGO_URL: database.url });
});
afterEach(() => database.connection.dropDatabase());
afterAll(async () => {
  await server.terminate();
  await database.close();
});

const post = (
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
  { url } = server,
): Promise<Response> =>
  fetch(url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const AVATAR = {
  userId: 'u1',
  username: 'ada',
  image: Buffer.from('\xff\xd8 not really', 'latin1'),
  etag: 'a1b2',
  type: 'image/jpeg',
} as const;

/** As a run stores a photo; gives its id. */
async function storeAvatar(): Promise<string> {
  const files = createGridFsPhotoFiles({ connection: database.connection, clock: () => new Date() });
  const fileId = await files.put(AVATAR);
  await files.adopt([{ fileId, avatar: AVATAR }], undefined);
  return fileId;
}

describe('the example chat server', () => {
  it('says on which address it listens, mounts the plugin, and ends well on SIGTERM', async () => {
    const own = await startChatServerProcess({ MONGO_URL: database.url });
    expect(own.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
    const answer = await fetch(`${own.url}/api/v1/ldap.syncNow`, { method: 'POST' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([401, 'application/json']);
    expect(await answer.json()).toEqual({ status: 'error', message: 'You must be logged in to do this.' });
    expect((await fetch(`${own.url}/health`)).status).toBe(200);
    expect(await own.terminate()).toBe(0);
  });

  it('names the remedy where its port is taken', async () => {
    const { port } = new URL(server.url);
    await expect(startChatServerProcess({ MONGO_URL: database.url, PORT: port })).rejects.toThrow(
      `It cannot listen on port ${port} of 127.0.0.1 (EADDRINUSE). Set PORT to a free port; 0 takes a free one.`,
    );
  });

  it('puts nothing into a database it was given', async () => {
    await fetch(`${server.url}/avatar/ada`);
    expect(await database.connection.listCollections()).toEqual([]);
  });

  it('signs people in as Rocket.Chat does, with a token the plugin accepts', async () => {
    await seedAdmin(database.connection);
    const login = await post('/api/v1/login', { user: ADMIN.username, password: ADMIN.password });
    const { data } = (await login.json()) as { data: { userId: string; authToken: string } };
    expect(data.userId).toBe(ADMIN._id);
    const answer = await post(
      '/api/v1/ldap.syncNow',
      {},
      { 'X-User-Id': data.userId, 'X-Auth-Token': data.authToken, ...SECOND_FACTOR },
    );
    expect(await answer.json()).toEqual({ success: false, error: 'LDAP_disabled' });
  });

  it.each([
    [{ user: ADMIN.username, password: 'wrong' }, 401],
    [{ user: 'nobody', password: ADMIN.password }, 401],
    [{ user: { $ne: null }, password: ADMIN.password }, 400],
    [{ user: ADMIN.username, password: ['a'] }, 400],
    [null, 400],
  ])('%j does not sign anybody in', async (body, status) => {
    await seedAdmin(database.connection);
    expect((await post('/api/v1/login', body)).status).toBe(status);
  });

  it('does not sign in whoever is switched off', async () => {
    await seedAdmin(database.connection);
    await database.connection.collection('users').updateOne({}, { $set: { active: false } });
    expect((await post('/api/v1/login', { user: ADMIN.username, password: ADMIN.password })).status).toBe(
      401,
    );
  });

  it('serves a photo once, then says that it has not changed', async () => {
    await storeAvatar();
    const first = await fetch(`${server.url}/avatar/ada`);
    expect(Buffer.from(await first.arrayBuffer())).toEqual(AVATAR.image);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      etag: '"a1b2"',
    });
    const second = await fetch(`${server.url}/avatar/ada`, {
      headers: { 'If-None-Match': '"a1b2"', 'Cache-Control': 'max-age=0' },
    });
    expect(second.status).toBe(304);
  });

  it('serves a file that is no image as a download, never as a page', async () => {
    const id = await storeAvatar();
    await database.connection
      .collection('rocketchat_avatars')
      .updateOne({ _id: id as never }, { $set: { type: 'text/html' } });
    const answer = await fetch(`${server.url}/avatar/ada`);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
  });

  it('draws an initial for a person without a photo, and nothing of a hostile name', async () => {
    const answer = await fetch(`${server.url}/avatar/${encodeURIComponent('<script>')}`);
    expect(answer.headers.get('content-type')).toContain('image/svg+xml');
    const svg = await answer.text();
    expect(svg).toContain('>S</text>');
    expect(svg).not.toContain('script');
  });

  it('ends a run in flight and marks it interrupted when it is told to go', async () => {
    const own = await startChatServerProcess({ MONGO_URL: database.url });
    const connections = new EventEmitter();
    const silent = await listen(() => connections.emit('one'));
    try {
      await seedAdmin(database.connection);
      await storeSettings(database.connection, {
        LDAP_Enable: true,
        LDAP_Background_Sync: true,
        LDAP_Server_Type: '',
        LDAP_Host: '127.0.0.1',
        LDAP_Port: silent.port,
        LDAP_Authentication: true,
        LDAP_Authentication_UserDN: 'cn=chat',
        LDAP_Authentication_Password: 'secret',
        LDAP_BaseDN: 'dc=x',
        LDAP_Timeout: 60_000,
      });
      const connected = once(connections, 'one');
      const answer = await post('/api/v1/ldap.syncNow', {}, { ...AUTH_HEADERS, ...SECOND_FACTOR }, own);
      expect(await answer.json()).toEqual({ message: 'Sync_in_progress', success: true });
      await connected;
      expect(await own.terminate()).toBe(0);
      expect(await database.connection.collection('ldap_sync_runs').findOne({})).toMatchObject({
        state: 'interrupted',
      });
    } finally {
      // A socket that still listens would keep jest from ending.
      await silent.close();
    }
  });
});

describe('the example chat server says', () => {
  const run = promisify(exec);
  const commandsOf = ({ output }: ChatServerProcess) =>
    output()
      .split('\n')
      .filter((line) => line.startsWith('  curl '));

  it('what works when it is pasted: a sync, the reports, signing in', async () => {
    const own = await startChatServerProcess({ MONGO_URL: '' });
    try {
      while (commandsOf(own).length < 3) await new Promise((resolve) => setTimeout(resolve, 10));
      const [sync = '', reports = '', login = ''] = commandsOf(own);
      expect((await run(sync)).stdout).toMatch(/^HTTP\/1.1 200 OK[^]*"Sync_in_progress"/);
      const read = async () => JSON.parse((await run(reports)).stdout) as { runs: { state: string }[] };
      while ((await read()).runs[0]?.state === 'running')
        await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await read()).toMatchObject({ success: true, runs: [{ kind: 'sync', state: 'completed' }] });
      expect(JSON.parse((await run(login)).stdout)).toMatchObject({ status: 'success' });
    } finally {
      expect(await own.terminate()).toBe(0);
    }
  });

  it('what a database of one’s own has to have', async () => {
    while (!server.output().includes('OVERWRITE_SETTING'))
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(server.output()).toMatch(/sync-auth-services-users[^]*LDAP_Host/);
    expect(commandsOf(server)).toEqual([]);
  });
});

describe('the example chat server, when it cannot start', () => {
  it.each([
    [{ PORT: '80000' }, /PORT is "80000"; it must be a number from 0 to 65535/],
    [{ MONGO_URL: 'mongodb://user:hunter2@127.0.0.1:1/x?serverSelectionTimeoutMS=200' }, /ECONNREFUSED/],
  ])('%j is an error that says why, without a password', async (env, reason) => {
    const failure = startChatServerProcess({ MONGO_URL: database.url, ...env });
    await expect(failure).rejects.toThrow(reason);
    await expect(failure).rejects.not.toThrow(/hunter2/);
  });

  it('a MongoDB that gives no transactions is an error with the remedy', async () => {
    const standalone = await startFakeMongod((name) => (name === 'hello' ? { ...STANDALONE } : { ok: 1 }));
    try {
      const failure = startChatServerProcess({ MONGO_URL: `mongodb://127.0.0.1:${standalone.port}/chat` });
      await expect(failure).rejects.toThrow(
        /code 1: This MongoDB gives no transactions.* mongod --replSet rs0 .* rs\.initiate\(\)/,
      );
    } finally {
      await standalone.close();
    }
  });
});
