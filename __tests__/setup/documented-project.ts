import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const OWN = 'chat-ldap-sync';

/** A process that hangs must not keep the tests from ending. */
const LONGEST_MS = 240_000;

type Environment = Readonly<Record<string, string>>;

/** A folder as somebody has it who follows a page. */
export interface DocumentedProject {
  write(name: string, text: string): void;
  /** Runs commands in bash to their end; rejects with all output when they fail. */
  run(commands: string): Promise<string>;
  /** Starts a server by a command; resolves once it has printed this. */
  start(command: string, announced: string): Promise<{ stop(): Promise<void> }>;
  remove(): Promise<void>;
}

/** `packages`: those that the page says to install; no others are found. This package is the tree itself. */
export function createDocumentedProject(
  packages: readonly string[],
  environment: Environment,
): DocumentedProject {
  const folder = mkdtempSync(join(tmpdir(), 'chat-ldap-sync-page-'));
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  mkdirSync(join(modules, OWN));
  writeFileSync(join(modules, OWN, 'package.json'), '{"type":"module","exports":"./index.js"}');
  writeFileSync(
    join(modules, OWN, 'index.js'),
    `export * from ${JSON.stringify(join(ROOT, 'lib/index.ts'))};`,
  );
  for (const name of packages)
    if (name !== OWN) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  symlinkSync(join(ROOT, 'node_modules/tsx/dist/cli.mjs'), join(modules, '.bin/tsx'));
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');

  const running = new Set<ChildProcess>();
  const env = { ...process.env, NO_COLOR: '1', ...environment };
  const launch = (commands: string) => {
    // A group of its own: npx starts others.
    const options = { cwd: folder, env, detached: true, stdio: 'pipe' } as const;
    const child = spawn('bash', ['-c', `set -eo pipefail\n${commands}`], options);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    running.add(child);
    const ended = once(child, 'close').then(([code]) => {
      running.delete(child);
      return code as number | null;
    });
    const timer = setTimeout(() => end(child, 'SIGKILL'), LONGEST_MS);
    void ended.then(() => clearTimeout(timer));
    return { child, ended, output: () => output };
  };

  return {
    write: (name, text) => writeFileSync(join(folder, name), text),
    async run(commands) {
      const { ended, output } = launch(commands);
      const code = await ended;
      if (code !== 0) throw new Error(`The commands ended with ${String(code)}:\n${output()}`);
      return output();
    },
    async start(command, announced) {
      const { child, ended, output } = launch(command);
      await new Promise<void>((resolve, reject) => {
        child.stdout.on('data', () => output().includes(announced) && resolve());
        void ended.then(() => reject(new Error(`The server ended:\n${output()}`)));
      });
      return {
        async stop() {
          end(child, 'SIGTERM');
          await ended;
        },
      };
    },
    async remove() {
      for (const child of running) end(child, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function end({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
  }
}
