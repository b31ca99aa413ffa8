import { connectToMongo } from '../../dev/mongo-connection.js';
import { startMongo } from '../../dev/mongodb.js';
import { STANDALONE, startFakeMongod, UNINITIATED } from '../setup/fake-mongod.js';
import { testServerUrl } from '../setup/mongo.js';
import type { RawServer } from '../setup/tcp-proxy.js';

const REMEDY = /Start it with mongod --replSet rs0 .* then run rs\.initiate\(\) in mongosh once/;

let server: RawServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function startServer(hello: object): Promise<string> {
  server = await startFakeMongod((name) => (name === 'hello' ? { ...hello } : { ok: 1 }));
  return `mongodb://127.0.0.1:${server.port}/?serverSelectionTimeoutMS=300`;
}

async function untilNobodyIsConnected(): Promise<void> {
  while (server!.openConnections() > 0) await new Promise((resolve) => setImmediate(resolve));
}

describe('a MongoDB that somebody else runs', () => {
  it.each([
    ['standalone', STANDALONE],
    ['started with --replSet and not initiated', UNINITIATED],
  ])('that is %s is refused with the remedy', async (_, hello) => {
    await expect(connectToMongo(await startServer(hello))).rejects.toThrow(REMEDY);
  });

  it('that is refused has no connection left', async () => {
    await expect(connectToMongo(await startServer(STANDALONE))).rejects.toThrow(REMEDY);
    await untilNobodyIsConnected();
  });

  it.each([
    ['a sharded cluster', async () => startServer({ ...STANDALONE, msg: 'isdbgrid' })],
    ['a replica set', async () => testServerUrl()],
  ])('is used when it is %s', async (_, start) => {
    const connection = await connectToMongo(await start());
    await connection.close();
  });

  it('has no connection left when MONGO_URL was looked at', async () => {
    const url = await startServer({ ...STANDALONE, msg: 'isdbgrid' });
    expect((await startMongo({ MONGO_URL: url })).description).toBe('the server of MONGO_URL');
    await untilNobodyIsConnected();
  });

  it('is not passed over for another one when MONGO_URL names it and it gives no transactions', async () => {
    const MONGO_URL = await startServer(STANDALONE);
    await expect(startMongo({ ...process.env, MONGO_URL })).rejects.toThrow(
      /^The server of MONGO_URL cannot be used\. .* Start it with mongod --replSet rs0/,
    );
  });

  it('that does not answer is an error without the password', async () => {
    const MONGO_URL = 'mongodb://user:hunter2@127.0.0.1:1/?serverSelectionTimeoutMS=200';
    const start = startMongo({ MONGO_URL });
    await expect(start).rejects.toThrow(/^The server of MONGO_URL cannot be used\. .*ECONNREFUSED/);
    await expect(start).rejects.not.toThrow(/hunter2/);
  });
});
