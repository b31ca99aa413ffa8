import { spawnSync } from 'node:child_process';

// Budgeted in minutes of one process: two of them, side by side, need about half as long.
const { FAULT_MINUTES = '30' } = process.env;
const { status } = spawnSync(
  'npx',
  ['jest', '__tests__/faults', '__tests__/properties', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    env: { ...process.env, FAULT_MINUTES },
  },
);
process.exitCode = status ?? 1;
