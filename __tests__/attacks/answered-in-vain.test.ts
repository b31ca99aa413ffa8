import { connect, type Socket } from 'node:net';
import request from 'supertest';
import {
  ADMIN,
  AUTH_HEADERS,
  createHost,
  SECOND_FACTOR,
  seedAdmin,
  storeSettings,
  UNREACHABLE_DIRECTORY,
} from '../setup/host.js';
import { byPort, openConnection, openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { listen } from '../setup/tcp-proxy.js';

let database: TestDatabase;

beforeEach(async () => {
  database = await openTestDatabase();
  await seedAdmin(database.connection);
  await storeSettings(database.connection, UNREACHABLE_DIRECTORY);
});
afterEach(() => database.close());

/** A line to MongoDB whose answers can be kept back for a while. */
async function startLine(url: URL) {
  const servers = new Set<{ readonly client: Socket; readonly server: Socket }>();
  let isHeld = false;
  const line = await listen((client) => {
    const server = connect(Number(url.port), url.hostname);
    const pair = { client, server };
    servers.add(pair);
    client.pipe(server);
    if (!isHeld) server.pipe(client);
    server.on('error', () => client.destroy());
    client.on('close', () => {
      servers.delete(pair);
      server.destroy();
    });
  });
  return {
    ...line,
    hold() {
      isHeld = true;
      for (const { client, server } of servers) server.unpipe(client);
    },
    letGo() {
      isHeld = false;
      for (const { client, server } of servers) server.pipe(client);
    },
  };
}

test('a call that was answered 503 while it was let in starts nothing when MongoDB is back', async () => {
  const url = new URL(database.url);
  const line = await startLine(url);
  const connection = await openConnection(byPort(database.url, line.port).href);
  let calls = 0;
  let isAsked = (): void => undefined;
  const asked = new Promise<void>((resolve) => (isAsked = resolve));
  let permit = (): void => undefined;
  const permitted = new Promise<boolean>((resolve) => (permit = () => resolve(true)));
  const host = createHost(connection, {
    // Before the second factor, and after it.
    authorize: () => {
      calls += 1;
      if (calls === 1) return Promise.resolve(true);
      isAsked();
      return permitted;
    },
  });
  const answer = request(host.app)
    .post('/api/v1/ldap.previewSync')
    .set({ ...AUTH_HEADERS, ...SECOND_FACTOR })
    .then(({ status }) => status);
  await asked;
  line.hold();
  expect(await answer).toBe(503);
  line.letGo();
  permit();
  // Each takes longer than the late call would have taken to start its preview.
  for (let run = 0; run < 3; run += 1) await host.ldapSync.sync();
  const runs = database.connection.collection('ldap_sync_runs');
  expect(await runs.countDocuments({ 'requestedBy._id': ADMIN._id })).toBe(0);
  await host.ldapSync.stop();
  await connection.close();
  await line.close();
});
