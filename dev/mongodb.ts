import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.js';
import { startChildServer } from './child-server.js';
import { findFreePort } from './free-port.js';
import { toServerUrl } from './mongo-url.js';
import { installSecantus } from './secantus.js';

/** A MongoDB-protocol server for development. */
export interface Mongo {
  /** Ends with `/` or with options; a database's name is put in by `toDatabaseUrl`. */
  readonly url: string;
  /** Which server it is, for people. */
  readonly description: string;
  /** It does one thing at a time, so that a caller with much to do starts several. */
  readonly isStandIn: boolean;
  /** Ends what was started here, and only that. */
  stop(): Promise<void>;
}

const DAY_MS = 86_400_000;
const SHARED_MEMORY = '/dev/shm';
const PLENTY_BYTES = 4 * 1024 ** 3;
/** Of mongoose 9. */
const OLDEST_MONGOD = 6;

/**
 * Finds or starts a server, in this order: `MONGO_URL`; `mongod` on the PATH; a downloaded mongod; SecantusDB
 * from PyPI. Says on stderr which it took. Throws an error that names all four ways when none works; a
 * MONGO_URL that cannot be one is not passed over.
 */
export async function startMongo(environment: NodeJS.ProcessEnv = process.env): Promise<Mongo> {
  const failures: string[] = [];
  const given = useGivenUrl(environment);
  if (given) return announce(given);
  for (const start of [startMongod, startDownloadedMongod, startSecantus]) {
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
      '  - set MONGO_URL to a server you have (a database of its own is made there, and dropped again);',
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

function useGivenUrl({ MONGO_URL }: NodeJS.ProcessEnv): Mongo | undefined {
  if (!MONGO_URL) return undefined;
  return {
    url: toServerUrl(MONGO_URL),
    description: 'the server of MONGO_URL',
    isStandIn: false,
    stop: async () => undefined,
  };
}

async function startMongod(): Promise<Mongo | undefined> {
  const { status, stdout } = spawnSync('mongod', ['--version'], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const version = /v(\d+)\.[\d.]+/.exec(stdout);
  if (Number(version?.[1]) < OLDEST_MONGOD)
    throw new Error(`mongod on the PATH is ${version?.[0] ?? ''}, which is too old`);
  return startInTemporaryFolder({
    command: 'mongod',
    description: 'mongod from the PATH',
    toArgs: toMongodArgs,
  });
}

/** A download that has failed is not tried again for a day: it would cost every start some seconds. */
async function startDownloadedMongod(): Promise<Mongo | undefined> {
  const failed = join(cacheFolder(), 'mongod-download-failed');
  if (existsSync(failed) && Date.now() - statSync(failed).mtimeMs < DAY_MS) return undefined;
  const { MongoBinary } = await import('mongodb-memory-server-core');
  try {
    const command = await MongoBinary.getPath({ downloadDir: join(cacheFolder(), 'mongod') });
    return await startInTemporaryFolder({
      command,
      description: 'a downloaded mongod',
      toArgs: toMongodArgs,
    });
  } catch (error) {
    writeFileSync(failed, String(error));
    throw new Error(`mongod could not be downloaded: ${(error as Error).message.split('\n')[0] ?? ''}`, {
      cause: error,
    });
  }
}

async function startSecantus(): Promise<Mongo> {
  const { command, args } = await installSecantus();
  const mongo = await startInTemporaryFolder({
    command,
    description: 'SecantusDB, a stand-in for MongoDB from PyPI',
    toArgs: (port, folder) => [
      ...args,
      ...['--host', '127.0.0.1', '--port', String(port), '--storage-path', folder],
      ...['--cache-size', '256M', '--log-level', 'ERROR'],
    ],
  });
  return { ...mongo, isStandIn: true };
}

/** In memory, where there is plenty: the data is not needed afterwards, and a disk would be waited for. */
function temporaryFolder(): string {
  try {
    const { bavail, bsize } = statfsSync(SHARED_MEMORY);
    return bavail * bsize > PLENTY_BYTES ? SHARED_MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}

interface MongoProgram {
  readonly command: string;
  readonly description: string;
  readonly toArgs: (port: number, folder: string) => readonly string[];
}

function toMongodArgs(port: number, folder: string): readonly string[] {
  return ['--port', String(port), '--bind_ip', '127.0.0.1', '--dbpath', folder, '--quiet'];
}

async function startInTemporaryFolder({ command, description, toArgs }: MongoProgram): Promise<Mongo> {
  const folder = mkdtempSync(join(temporaryFolder(), 'chat-ldap-sync-mongo-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    const port = await findFreePort();
    // Its data goes too, so nothing is lost by ending it at once, and some seconds are won.
    const server = await startChildServer({
      command,
      args: toArgs(port, folder),
      port,
      folder,
      stopSignal: 'SIGKILL',
    });
    return {
      url: `mongodb://127.0.0.1:${port}/`,
      description,
      isStandIn: false,
      async stop() {
        await server.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
