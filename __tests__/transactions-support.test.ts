import { findTransactionLack } from '../models/transactions-support.js';
import { STANDALONE, startFakeMongod, UNINITIATED } from './setup/fake-mongod.js';
import { openConnection, openTestDatabase } from './setup/mongo.js';

/** What is found to be lacking at a server that says this of itself. */
async function lackOf(hello: object) {
  const server = await startFakeMongod((name) => (name === 'hello' ? { ...hello } : { ok: 1 }));
  const connection = await openConnection(`mongodb://127.0.0.1:${server.port}/?directConnection=true`);
  try {
    return await findTransactionLack(connection);
  } finally {
    await connection.close();
    await server.close();
  }
}

describe('whether the database server gives transactions', () => {
  it.each([
    ['a standalone server', STANDALONE],
    ['a member of a set that is not initiated', UNINITIATED],
    ['a set without a name', { ...STANDALONE, setName: '' }],
    ['a set whose name is no text', { ...STANDALONE, setName: 1 }],
    ['another message', { ...STANDALONE, msg: 'isdbgrid2' }],
  ])('%s gives none, and the advice is to make it a replica set', async (_, hello) => {
    expect(await lackOf(hello)).toEqual({
      code: 'transactions-missing',
      params: {},
      reason: expect.stringContaining('gives no transactions'),
      remedy: expect.stringMatching(/mongod --replSet rs0.*rs\.initiate\(\)/),
    });
  });

  it('a router of a sharded cluster gives them', async () => {
    expect(await lackOf({ ...STANDALONE, msg: 'isdbgrid' })).toBeUndefined();
  });

  it('a replica set gives them', async () => {
    const database = await openTestDatabase();
    expect(await findTransactionLack(database.connection)).toBeUndefined();
    await database.close();
  });

  it('a connection that is not open is an error with the remedy', async () => {
    const database = await openTestDatabase();
    await database.close();
    await expect(findTransactionLack(database.connection)).rejects.toMatchObject({
      code: 'connection-not-open',
    });
  });
});
