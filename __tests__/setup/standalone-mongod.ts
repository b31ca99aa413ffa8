import type { Connection } from 'mongoose';
import { STANDALONE, startFakeMongod } from './fake-mongod.js';
import { openConnection } from './mongo.js';

/** What the driver adds to a command, and adds again when it is passed on. */
const OF_THE_DRIVER = ['$db', '$clusterTime', 'lsid', '$readPreference'];

/** A database as a standalone server gives it: everything of the real one, but transactions. */
export async function openStandalone(
  database: Connection,
): Promise<{ readonly connection: Connection; close(): Promise<void> }> {
  const client = database.getClient();
  // Cursors belong to the session that has opened them.
  const session = client.startSession();
  const server = await startFakeMongod(async (name, command) => {
    if (name === 'hello') {
      const { localTime } = await client.db('admin').command({ hello: 1 });
      return { ...STANDALONE, localTime };
    }
    const { $db } = command;
    const own = Object.fromEntries(Object.entries(command).filter(([key]) => !OF_THE_DRIVER.includes(key)));
    if (name === 'endSessions') return { ok: 1 };
    try {
      // The ids of cursors are long numbers, and stay so.
      return await client.db($db as string).command(own, { session, promoteLongs: false });
    } catch (error) {
      const { code, message } = error as { code?: number; message: string };
      return { ok: 0, code: code ?? 8, errmsg: message };
    }
  });
  const connection = await openConnection(`mongodb://127.0.0.1:${server.port}/${database.name}`);
  return {
    connection,
    async close() {
      await connection.close();
      await server.close();
      await session.endSession();
    },
  };
}
