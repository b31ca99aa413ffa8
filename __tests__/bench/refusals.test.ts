import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** `npm run bench` without npm and without a build. */
function runBench(environment: Readonly<Record<string, string>>): {
  readonly status: number | null;
  readonly stderr: string;
} {
  return spawnSync(process.execPath, ['--import', 'tsx', 'bench/main.ts'], {
    cwd: join(__dirname, '../..'),
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
}

describe('the benchmark', () => {
  it.each([
    [
      { BASELINE: 'no-such-commit' },
      /BASELINE is "no-such-commit", which git does not know as a commit. Give a/,
    ],
    [{ BASELINE: '--help' }, /BASELINE is "--help", which git does not know as a commit/],
    [{ BASELINE: 'HEAD:README.md' }, /BASELINE is "HEAD:README.md", which git does not know as a commit/],
    [{ BENCH_SIZES: '2000,many' }, /BENCH_SIZES has "many"; give numbers from 1/],
    [{ BENCH_ROUNDS: '0' }, /BENCH_ROUNDS has "0"; give numbers from 1/],
  ])('refuses %j with the remedy before anything is started', (environment, reason) => {
    const { status, stderr } = runBench(environment);
    expect([status, stderr]).toEqual([1, expect.stringMatching(reason)]);
    expect(stderr).not.toContain('MongoDB:');
  });
});
