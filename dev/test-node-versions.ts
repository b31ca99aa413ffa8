/**
 * Runs the fast tests under each major version of Node that is supported: `npm run test:node-versions [MAJOR
 * …]`. Each Node comes from the npm registry (the packages behind `node`) into the project's cache folder.
 * Exits 1 when a version fails.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.js';

const MAJORS = ['20', '22', '24'];
const root = join(import.meta.dirname, '..');

/** The program of the newest Node of a major version. */
function installNode(major: string): string {
  const packageName = `node-${process.platform}-${process.arch}`;
  const folder = join(cacheFolder(), `node-${major}`);
  const program = join(folder, 'node_modules', packageName, 'bin', 'node');
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const options = ['--no-save', '--no-audit', '--no-fund', '--silent'];
  execFileSync('npm', ['install', ...options, '--prefix', folder, `${packageName}@${major}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return program;
}

const majors = process.argv.length > 2 ? process.argv.slice(2) : MAJORS;
let hasFailed = false;
for (const major of majors) {
  const node = installNode(major);
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  process.stdout.write(`\nNode ${version}\n`);
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const { status } = spawnSync(node, [jest, '--config', 'jest.fast.config.js'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) hasFailed = true;
}
process.exitCode = hasFailed ? 1 : 0;
