import { spawnSync } from 'node:child_process';

// Hostile bytes and texts for so many minutes, from a seed that is printed: FUZZ_SEED=… FUZZ_ROUND=… has a
// round again.
const { FUZZ_MINUTES = '1' } = process.env;
const { status } = spawnSync(
  'npx',
  ['jest', '__tests__/fuzz', ...process.argv.slice(2), '--selectProjects', 'express 5'],
  {
    stdio: 'inherit',
    env: { ...process.env, FUZZ_MINUTES },
  },
);
process.exitCode = status ?? 1;
