import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A built checkout of this project. */
export interface Tree {
  /** For people. */
  readonly name: string;
  readonly folder: string;
}

const ROOT = join(import.meta.dirname, '..');
/** Always the same folder, so that the next run removes what a killed one has left. */
const BASELINE_FOLDER = join(ROOT, '.cache', 'bench-baseline');
const LOCK = 'package-lock.json';
/** How a tree is measured is this tree's matter, so that both are measured alike. */
const MEASURE = join('bench', 'measure-sync.mjs');
const MOST_BYTES = 512 * 1024 ** 2;

/** This tree; `npm run bench` has built it. */
export function ownTree(): Tree {
  return { name: 'this tree', folder: ROOT };
}

/**
 * Checks another commit out into a temporary folder, installs and builds it. The folder is removed when this
 * process ends, however it ends. Throws when git knows no such commit, and when it cannot be built.
 */
export function buildTree(ref: string): Tree {
  const commit = toCommit(ref);
  process.stderr.write(`Building ${ref} to compare with …\n`);
  removeBaseline();
  removeAtEnd();
  mkdirSync(BASELINE_FOLDER, { recursive: true });
  const archive = execFileSync('git', ['archive', commit], { cwd: ROOT, maxBuffer: MOST_BYTES });
  execFileSync('tar', ['-x', '-C', BASELINE_FOLDER], { input: archive });
  install();
  run('npm', ['run', '--silent', 'build']);
  mkdirSync(join(BASELINE_FOLDER, dirname(MEASURE)), { recursive: true });
  copyFileSync(join(ROOT, MEASURE), join(BASELINE_FOLDER, MEASURE));
  return { name: ref, folder: BASELINE_FOLDER };
}

function toCommit(ref: string): string {
  try {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
    return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  } catch (cause) {
    throw new Error(
      `BASELINE is ${JSON.stringify(ref)}, which git does not know as a commit. Give a branch, a tag or a ` +
        'commit of this repository; a shallow clone has the newest only (git fetch --unshallow).',
      { cause },
    );
  }
}

/** With the same lock file, the modules that are installed here are the right ones. */
function install(): void {
  const [own, its] = [ROOT, BASELINE_FOLDER].map((folder) => readFileSync(join(folder, LOCK), 'utf8'));
  if (own === its) symlinkSync(join(ROOT, 'node_modules'), join(BASELINE_FOLDER, 'node_modules'));
  else run('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--silent']);
}

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { cwd: BASELINE_FOLDER, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** A signal would end the process without its last rites. */
function removeAtEnd(): void {
  process.once('exit', removeBaseline);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
}

function removeBaseline(): void {
  rmSync(BASELINE_FOLDER, { recursive: true, force: true, maxRetries: 3 });
}
