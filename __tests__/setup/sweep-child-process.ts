import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** What a sweep in a process of its own came to. */
export interface SweepSummary {
  entries: number;
  /** Of sliced attributes. */
  pieces: number;
  /** Values that were made into objects. */
  values: number;
  attributes: number;
  /** Most values in one piece. */
  largestPiece: number;
  /** Values that were left out and counted. */
  dropped: number;
  /** How often the event loop came round. */
  turns: number;
  /** `complete`, the reason why it is not, or the error's code and message. */
  outcome: string;
  /** Most memory the process ever had. */
  peakBytes: number;
}

export interface SweepChildOptions {
  readonly port: number;
  readonly attributes: readonly string[];
  readonly sliced?: readonly string[];
  /** How long the consumer is busy with each page. */
  readonly pauseMs?: number;
}

/** Sweeps in a process with a heap of 64 MB. Rejects when the process does not live to tell. */
export async function sweepInSmallHeap(options: SweepChildOptions): Promise<SweepSummary> {
  const { port, attributes, sliced = [], pauseMs } = options;
  const child = spawn(
    process.execPath,
    ['--max-old-space-size=64', '--import', 'tsx', '__tests__/setup/sweep-child.ts'],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        SWEEP_PORT: String(port),
        SWEEP_ATTRIBUTES: attributes.join(','),
        SWEEP_SLICED: sliced.join(','),
        SWEEP_PAUSE: pauseMs === undefined ? '' : String(pauseMs),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => (output[name] += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (code !== 0)
    throw new Error(`The host died (${String(code ?? signal)}): ${output.stderr.slice(0, 2_000)}`);
  return JSON.parse(output.stdout) as SweepSummary;
}
