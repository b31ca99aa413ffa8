import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChildServer, type ChildServer } from './child-server.js';
import { findFreePort } from './free-port.js';

/** A MongoDB-protocol server for development. It gives transactions. */
export interface Mongo {
  /** Ends with `/` or with options; a database's name is put in by `toDatabaseUrl`. */
  readonly url: string;
  /** Which server it is, for people. */
  readonly description: string;
  /** It does one thing at a time, so that a caller with much to do starts several. */
  readonly isStandIn: boolean;
  /** Of what was started here; `undefined`: it was there already. */
  readonly pid?: number;
  /** Ends what was started here, and only that. */
  stop(): Promise<void>;
}

/** A server that can be started on a port, with its data in a folder. */
export interface MongoProgram {
  readonly command: string;
  readonly description: string;
  readonly isStandIn: boolean;
  readonly env?: NodeJS.ProcessEnv;
  readonly toArgs: (port: number, folder: string) => readonly string[];
  /** What is to be done before it can be used. */
  readonly prepare?: (address: string) => Promise<void>;
}

const SHARED_MEMORY = '/dev/shm';
const PLENTY_BYTES = 4 * 1024 ** 3;

/** Starts it on a free loopback port, in a temporary folder that goes with it. */
export async function startMongoServer(program: MongoProgram): Promise<Mongo> {
  const folder = mkdtempSync(join(temporaryFolder(), 'chat-ldap-sync-mongo-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    const port = await findFreePort();
    const server = await startAndPrepare(program, port, folder);
    return {
      pid: server.pid,
      url: `mongodb://127.0.0.1:${port}/`,
      description: program.description,
      isStandIn: program.isStandIn,
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

async function startAndPrepare(
  { command, env = process.env, toArgs, prepare }: MongoProgram,
  port: number,
  folder: string,
): Promise<ChildServer> {
  const args = toArgs(port, folder);
  // Its data goes too, so nothing is lost by ending it at once, and some seconds are won.
  const server = await startChildServer({ command, args, env, port, folder, stopSignal: 'SIGKILL' });
  try {
    await prepare?.(`127.0.0.1:${port}`);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
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
