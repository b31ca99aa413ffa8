import { createClient, type RunEvent } from '../../client/index.js';
import { createRunLog } from '../../lib/sync/run/run-log.js';
import type { ActiveRun } from '../../lib/sync/run/active-run.js';
import { silentLogger } from '../../lib/logger.js';
import { serve, type Served } from '../routes/event-reader.js';
import { ADMIN, createHost, seedAdmin, storeSettings, type TestHost } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';

let database: TestDatabase;
let host: TestHost;
let served: Served;
let run: ActiveRun;

beforeEach(async () => {
  database = await openTestDatabase();
  await seedAdmin(database.connection);
  await storeSettings(database.connection, { API_Enable_Rate_Limiter: false });
  const clock = (): Date => new Date();
  const runs = createRunLog({ connection: database.connection, clock, logger: silentLogger });
  run = (await runs.start({ kind: 'sync', requestedBy: { _id: 'u1', username: 'ada' } })).active!;
  host = createHost(database.connection);
  served = await serve(host.app);
});
afterEach(async () => {
  await host.ldapSync.stop();
  await served.close();
  await database.close();
});

it.each(['is read to its end', 'is cut and goes on'])(
  'the stream of a run of a real host %s, and the end comes once',
  async (how) => {
    const client = createClient({
      url: `${served.url}/api/v1`,
      credentials: () => ({ userId: ADMIN._id, authToken: ADMIN.token }),
    });
    const read: RunEvent[] = [];
    for await (const event of client.runEvents({ runId: run.id })) {
      read.push(event);
      if (read.length > 1) continue;
      if (how === 'is cut and goes on') served.server.closeAllConnections();
      await run.finish({ state: 'completed' });
    }
    expect(read.map(({ type }) => type).filter((type) => type === 'finished')).toHaveLength(1);
    expect(read.at(-1)).toMatchObject({
      type: 'finished',
      run: { _id: run.id, state: 'completed', attention: [] },
    });
    // A client that has seen the end reads nothing more, and a new one the end only.
    const again: string[] = [];
    for await (const { type } of client.runEvents({ runId: run.id })) again.push(type);
    expect(again).toEqual(['finished']);
  },
);
