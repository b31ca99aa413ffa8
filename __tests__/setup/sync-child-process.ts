import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { untilStopped } from './processes.js';
import type { RunReport } from '../../models/run-report.js';

const ROOT = join(__dirname, '../..');

/** Another host in a process of its own, which can be killed and put to sleep. */
export interface SyncChild {
  /** Makes calls of sync(), all at once; resolves as soon as it has begun. */
  go(calls?: number): Promise<void>;
  /** Applies a preview; resolves as soon as it has begun. */
  apply(previewId: string): Promise<void>;
  /** Resolves with what all calls so far came to, once the child has nothing to do. */
  done(): Promise<{ readonly reports: readonly RunReport[]; readonly errors: readonly string[] }>;
  signal(name: NodeJS.Signals): void;
  /** Resolves when it is stopped or gone, or has nothing to do any more. */
  halted(): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

export interface SyncChildOptions {
  /** How much longer than usual a lease lives. */
  readonly leaseFactor?: number;
  /** The signal that it sends itself right before its n-th commit, or right after it. */
  readonly signalAtCommit?: {
    readonly signal: 'SIGKILL' | 'SIGSTOP';
    readonly commit: number;
    /** @default before */
    readonly moment?: 'before' | 'after';
    /** Counts from the first document of this collection, with its own commit. @default from the beginning */
    readonly countFrom?: string;
  };
}

export async function startSyncChild(
  url: string,
  { leaseFactor = 1, signalAtCommit }: SyncChildOptions = {},
): Promise<SyncChild> {
  const own = {
    SYNC_CHILD_URL: url,
    SYNC_CHILD_LEASE_FACTOR: String(leaseFactor),
    SYNC_CHILD_SIGNAL: signalAtCommit?.signal ?? '',
    SYNC_CHILD_COMMIT: String(signalAtCommit?.commit ?? ''),
    SYNC_CHILD_MOMENT: signalAtCommit?.moment ?? 'before',
    SYNC_CHILD_COUNT_FROM: signalAtCommit?.countFrom ?? '',
  };
  const child = spawn(process.execPath, ['--import', 'tsx', '__tests__/setup/sync-child.ts'], {
    cwd: ROOT,
    env: { ...process.env, ...own },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  child.stdin.on('error', () => undefined);
  const closed = once(child, 'close');
  const reports: RunReport[] = [];
  const errors: string[] = [];
  const said = new Set<string>();
  const waiting = new Map<string, () => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('report ')) reports.push(JSON.parse(line.slice('report '.length)) as RunReport);
    else if (line.startsWith('error ')) errors.push(line.slice('error '.length));
    else {
      said.add(line);
      waiting.get(line)?.();
    }
  });
  const hear = (word: string): Promise<void> =>
    new Promise((resolve, reject) => {
      if (said.has(word)) return resolve();
      waiting.set(word, resolve);
      void closed.then(([code]) =>
        reject(new Error(`The child ended with ${String(code)} before it said ${word}: ${log}`)),
      );
    });

  const ask = async (line: string): Promise<void> => {
    for (const word of ['going', 'done']) said.delete(word);
    child.stdin.write(`${line}\n`);
    await hear('going');
  };

  await hear('ready');
  return {
    go: (calls = 1) => ask(`go ${calls}`),
    apply: (previewId) => ask(`apply ${previewId}`),
    async done() {
      await hear('done');
      return { reports, errors };
    },
    signal: (name) => void child.kill(name),
    halted: () => Promise.race([untilStopped(child.pid ?? 0), hear('done').catch(() => undefined)]),
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/** How long an undisturbed sync() takes in a child, in milliseconds; or what else is asked of it. */
export async function measureSyncChild(
  url: string,
  ask: (child: SyncChild) => Promise<void> = (child) => child.go(),
): Promise<number> {
  const child = await startSyncChild(url);
  await ask(child);
  const startedAt = performance.now();
  await child.done();
  const elapsedMs = performance.now() - startedAt;
  await child.kill();
  return elapsedMs;
}
