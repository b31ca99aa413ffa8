import { spawnSync } from 'node:child_process';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { cacheFolder } from './cache-folder.js';
import { startMongoServer, type Mongo } from './mongo-server.js';
import { initiateReplicaSet, REPLICA_SET } from './replica-set.js';

const DAY_MS = 86_400_000;
/** Of mongoose 9. */
const OLDEST_MONGOD = 6;
const OPLOG_MB = 64;
const PATIENCE_MS = 30_000;

/** `mongod` of a PATH as a replica set of one; `undefined` where there is none. Throws when it is too old. */
export async function startMongod(path = process.env.PATH): Promise<Mongo | undefined> {
  const env = { ...process.env, PATH: path };
  const { status, stdout } = spawnSync('mongod', ['--version'], { encoding: 'utf8', env });
  if (status !== 0) return undefined;
  const version = /v(\d+)\.[\d.]+/.exec(stdout);
  if (Number(version?.[1]) < OLDEST_MONGOD)
    throw new Error(`mongod on the PATH is ${version?.[0] ?? ''}, which is too old`);
  return startAsReplicaSet('mongod', { description: 'mongod from the PATH', env });
}

/** A download that has failed is not tried again for a day: it would cost every start some seconds. */
export async function startDownloadedMongod(): Promise<Mongo | undefined> {
  const failed = join(cacheFolder(), 'mongod-download-failed');
  if (existsSync(failed) && Date.now() - statSync(failed).mtimeMs < DAY_MS) return undefined;
  return startAsReplicaSet(await downloadMongod(failed), { description: 'a downloaded mongod' });
}

async function downloadMongod(failed: string): Promise<string> {
  const { MongoBinary } = await import('mongodb-memory-server-core');
  try {
    return await MongoBinary.getPath({ downloadDir: join(cacheFolder(), 'mongod') });
  } catch (error) {
    writeFileSync(failed, String(error));
    throw new Error(`mongod could not be downloaded: ${(error as Error).message.split('\n')[0] ?? ''}`, {
      cause: error,
    });
  }
}

interface Named {
  readonly description: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** MongoDB gives transactions to members of a replica set only; one member is enough. */
function startAsReplicaSet(command: string, { description, env }: Named): Promise<Mongo> {
  return startMongoServer({
    command,
    description: `${description}, as a replica set of one`,
    isStandIn: false,
    ...(env && { env }),
    toArgs: (port, folder) => [
      ...['--port', String(port), '--bind_ip', '127.0.0.1', '--dbpath', folder, '--quiet'],
      ...['--replSet', REPLICA_SET, '--oplogSize', String(OPLOG_MB)],
    ],
    prepare: initiate,
  });
}

/** By a direct connection: the driver waits for a primary otherwise, which there is only afterwards. */
async function initiate(address: string): Promise<void> {
  const connection = await mongoose
    .createConnection(`mongodb://${address}/?directConnection=true`, {
      autoIndex: false,
      serverSelectionTimeoutMS: PATIENCE_MS,
      socketTimeoutMS: PATIENCE_MS,
    })
    .asPromise();
  try {
    const admin = connection.getClient().db('admin');
    await initiateReplicaSet({ address, runCommand: (command) => admin.command({ ...command }) });
  } finally {
    await connection.close();
  }
}
