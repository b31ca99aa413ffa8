import { connectToMongo } from './mongo-connection.js';
import type { Mongo } from './mongo-server.js';
import { toServerUrl } from './mongo-url.js';
import { startDownloadedMongod, startMongod } from './mongod.js';
import { startSecantus } from './secantus.js';

/**
 * Finds or starts a server that gives transactions, in this order: `MONGO_URL`; `mongod` on the PATH; a
 * downloaded mongod; SecantusDB from PyPI. Says on stderr which it took. Throws an error that names all four
 * ways when none works; a MONGO_URL that cannot be one, or gives no transactions, is not passed over.
 */
export async function startMongo(environment: NodeJS.ProcessEnv = process.env): Promise<Mongo> {
  const failures: string[] = [];
  const given = await useGivenUrl(environment);
  if (given) return announce(given);
  for (const start of [() => startMongod(environment.PATH), startDownloadedMongod, startSecantus]) {
    try {
      const mongo = await start();
      if (mongo) return announce(mongo);
    } catch (error) {
      failures.push((error as Error).message);
    }
  }
  throw new Error(
    [
      'No MongoDB was found. Any one of these will do:',
      '  - set MONGO_URL to a replica set you have (a database of its own is made there, and dropped again);',
      '  - put mongod (6.0 or later) on the PATH;',
      '  - let this machine reach fastdl.mongodb.org, so that one can be downloaded;',
      '  - install python3 with venv, and let it reach pypi.org, so that SecantusDB can stand in.',
      ...failures.map((failure) => `  (${failure})`),
    ].join('\n'),
  );
}

function announce(mongo: Mongo): Mongo {
  process.stderr.write(`MongoDB: ${mongo.description}\n`);
  return mongo;
}

async function useGivenUrl({ MONGO_URL }: NodeJS.ProcessEnv): Promise<Mongo | undefined> {
  if (!MONGO_URL) return undefined;
  const url = toServerUrl(MONGO_URL);
  const connection = await connectToMongo(url).catch((error: unknown) => {
    throw new Error(`The server of MONGO_URL cannot be used. ${(error as Error).message}`, { cause: error });
  });
  await connection.close();
  return { url, description: 'the server of MONGO_URL', isStandIn: false, stop: async () => undefined };
}
