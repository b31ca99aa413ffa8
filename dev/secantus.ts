import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './cache-folder.js';
import { startMongoServer, type Mongo } from './mongo-server.js';

const VERSION = '0.7.0b3';
const run = promisify(execFile);

/** How to start SecantusDB, given its arguments. */
interface SecantusCommand {
  readonly command: string;
  readonly args: readonly string[];
}

// A venv's scripts name the folder the venv was made in, which is not where it is now.
const START = 'import sys; from secantus.cli import main; sys.exit(main())';

/** SecantusDB, started. It is a replica set of one by itself. */
export async function startSecantus(): Promise<Mongo> {
  const { command, args } = await installSecantus();
  return startMongoServer({
    command,
    description: 'SecantusDB, a stand-in for MongoDB from PyPI',
    isStandIn: true,
    toArgs: (port, folder) => [
      ...args,
      ...['--host', '127.0.0.1', '--port', String(port), '--storage-path', folder],
      ...['--cache-size', '256M', '--log-level', 'ERROR'],
    ],
  });
}

/**
 * SecantusDB, a server of MongoDB's protocol from PyPI, in a Python venv under the cache folder. Made at the
 * first use, in a folder of its own that gets its name only when it is whole: several starts at once, or one
 * that is killed, leave nothing half-made behind.
 */
async function installSecantus(): Promise<SecantusCommand> {
  const cache = cacheFolder();
  const venv = join(cache, `secantus-${VERSION}`);
  const command = { command: join(venv, 'bin', 'python'), args: ['-c', START] };
  if (existsSync(command.command)) return command;
  // Whole once, but the Python it was made with is gone.
  rmSync(venv, { recursive: true, force: true });
  process.stderr.write(`Installing SecantusDB ${VERSION} into ${venv}; this happens once …\n`);
  const unfinished = mkdtempSync(join(cache, 'unfinished-'));
  try {
    await run('python3', ['-m', 'venv', unfinished]).catch((error: unknown) => {
      const { stdout, message } = error as Error & { stdout?: string };
      throw new Error(
        'python3 -m venv failed (on Debian: apt-get install ' +
          `python3-venv): ${(stdout ?? '').trim() || message}`,
      );
    });
    await run(join(unfinished, 'bin', 'python'), [
      '-m',
      'pip',
      'install',
      '-q',
      '--disable-pip-version-check',
      '--pre',
      `SecantusDB==${VERSION}`,
    ]);
    moveVenv(unfinished, venv);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return command;
}

/** Somebody else may have been faster; theirs is as good. */
function moveVenv(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}
