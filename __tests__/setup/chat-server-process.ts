import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** A process that hangs must not keep the tests from ending. */
const LONGEST_END_MS = 240_000;

export interface ChatServerProcess {
  readonly url: string;
  /** Sends SIGTERM; the exit code, `null` if it had to be killed. */
  terminate(): Promise<number | null>;
  /** What has been written to stderr so far. */
  log(): string;
  /** What has been written to stdout so far. */
  output(): string;
}

/** `npm run chat-server` without npm, on a free port. */
export async function startChatServerProcess(
  env: Readonly<Record<string, string>>,
): Promise<ChatServerProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'examples/chat-server/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const line = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/m.exec(output);
      if (line?.[1]) resolve(line[1]);
    });
    void exited.then(([code]) =>
      reject(new Error(`The chat server ended with code ${String(code)}: ${log}`)),
    );
  });
  return {
    url,
    async terminate() {
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), LONGEST_END_MS).unref();
      return (await exited)[0];
    },
    log: () => log,
    output: () => output,
  };
}
