import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { testServerUrl } from './mongo.js';

const ROOT = join(__dirname, '../..');

/** A process that hangs must not keep the tests from ending. */
const LONGEST_END_MS = 240_000;

export interface DemoProcess {
  /** Everything printed so far, stdout and stderr together. */
  output(): string;
  /** Waits until it has printed this; rejects when it ends before. */
  printed(text: string): Promise<void>;
  /** The exit code. */
  ended(): Promise<number | null>;
  /** Sends a signal; the exit code, `null` if it had to be killed. */
  signal(name: NodeJS.Signals): Promise<number | null>;
}

/** `npm run demo` without npm, against the tests' own database server. */
export function startDemoProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): DemoProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'examples/demo/main.ts', ...args], {
    cwd: ROOT,
    env: { ...process.env, MONGO_URL: testServerUrl(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  // Not 'exit': what was printed last may still be on its way then.
  const closed = once(child, 'close') as Promise<[number | null]>;
  const ended = async (): Promise<number | null> => (await closed)[0];
  return {
    output: () => output,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          if (output.includes(text)) resolve();
        };
        child.stdout.on('data', check);
        check();
        void ended().then((code) =>
          reject(new Error(`The demo ended with code ${String(code)}:\n${output}`)),
        );
      }),
    ended,
    signal(name) {
      child.kill(name);
      setTimeout(() => child.kill('SIGKILL'), LONGEST_END_MS).unref();
      return ended();
    },
  };
}
