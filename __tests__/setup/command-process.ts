import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

export interface CommandProcess {
  readonly child: ChildProcess;
  /** Waits until this has been written, on either stream, after the last wait. */
  shows(text: string): Promise<void>;
  type(text: string): void;
  kill(signal: NodeJS.Signals): void;
  /** Its exit code and all it has written, once it has ended. */
  ended(): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
}

export interface ProcessGiven {
  readonly environment: Readonly<Record<string, string>>;
  /** On a pseudo-terminal of `script` (util-linux), where both streams are one. */
  readonly onTerminal?: boolean;
}

/** The command line as a process of its own, from the sources. */
export function startCommand(argv: readonly string[], given: ProcessGiven): CommandProcess {
  const { environment, onTerminal = false } = given;
  const program = ['--import', 'tsx', 'cli/main.ts', ...argv];
  const line = ['stty cols 100; exec', process.execPath, ...program].join(' ');
  const [file, args] = onTerminal ? ['script', ['-qec', line, '/dev/null']] : [process.execPath, program];
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(file, args, {
    cwd: ROOT,
    env: { PATH, HOME, TERM: 'xterm', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let [out, err, all, seen] = ['', '', '', 0];
  const grown: (() => void)[] = [];
  const take = (add: (text: string) => void) => (chunk: Buffer) => {
    add(chunk.toString());
    for (const wake of grown.splice(0)) wake();
  };
  child.stdout.on(
    'data',
    take((text) => ((out += text), (all += text))),
  );
  child.stderr.on(
    'data',
    take((text) => ((err += text), (all += text))),
  );
  const exited = once(child, 'close') as Promise<[number | null]>;
  let isOver = false;
  void exited.then(() => {
    isOver = true;
    for (const wake of grown.splice(0)) wake();
  });
  return {
    child,
    async shows(text) {
      for (;;) {
        const at = all.indexOf(text, seen);
        if (at >= 0) {
          seen = at + text.length;
          return;
        }
        if (isOver) throw new Error(`It ended without showing ${text}:\n${all}`);
        await new Promise<void>((resolve) => grown.push(resolve));
      }
    },
    type: (text) => void child.stdin.write(text),
    kill: (signal) => void child.kill(signal),
    ended: async () => ({ code: (await exited)[0], out, err }),
  };
}
