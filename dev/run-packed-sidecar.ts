import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The words of the Dockerfile that a container starts, such as `node dist/cli/main.js serve`. */
function readStart(root: string): readonly string[] {
  const lines = readFileSync(join(root, 'Dockerfile'), 'utf8').split('\n');
  return ['ENTRYPOINT', 'CMD'].flatMap((word) => {
    const line = lines.find((one) => one.startsWith(`${word} `));
    return JSON.parse(line?.slice(word.length) ?? '[]') as string[];
  });
}

/**
 * Starts the packed command line as its container does, without a database: it is alive, not ready, and ends well at
 * SIGTERM. Throws where it is otherwise.
 */
export async function runPackedSidecar(packed: string, root: string): Promise<void> {
  const [file = '', ...args] = readStart(root);
  const { PATH = '' } = process.env;
  const child = spawn(file, args, {
    cwd: packed,
    env: { PATH, MONGO_URL: 'mongodb://127.0.0.1:1/chat', CHAT_LDAP_SYNC_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  try {
    const url = `http://127.0.0.1:${await readPort(createInterface(child.stdout))}`;
    const statuses = await Promise.all(
      ['health', 'ready', 'nothing'].map(async (path) => (await fetch(`${url}/${path}`)).status),
    );
    if (statuses.join() !== '200,503,404') throw new Error(`serve answered ${statuses.join()}`);
  } finally {
    child.kill('SIGTERM');
  }
  const [code] = await exited;
  if (code !== 0) throw new Error(`serve ended with ${String(code)}`);
  process.stdout.write(
    `${[file, ...args].join(' ')}: alive, not ready without a database, ended by SIGTERM\n`,
  );
}

async function readPort(lines: AsyncIterable<string>): Promise<number> {
  for await (const line of lines) {
    const { message, port } = JSON.parse(line) as { message: string; port: number };
    if (message === 'listening') return port;
  }
  throw new Error('serve ended before it listened');
}

/** The command that npm has linked, as a user calls it; its exit code. */
export function runPackedCommand(project: string, args: readonly string[]): number {
  try {
    const command = join(project, 'node_modules', '.bin', 'chat-ldap-sync');
    execFileSync(command, args, {
      cwd: project,
      stdio: ['ignore', 'ignore', 'ignore'],
      env: { PATH: process.env.PATH },
    });
    return 0;
  } catch (error) {
    return (error as { status?: number }).status ?? -1;
  }
}
