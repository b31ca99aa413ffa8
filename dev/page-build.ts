import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const BUILT = join(ROOT, 'dist/ui');
const TABLE = join(BUILT, 'files.json');
/** What the page is made of. */
const SOURCES = ['ui', 'client', 'package-lock.json'].map((path) => join(ROOT, path));

/** Builds the page where it was not built, or its sources have changed since. */
export async function ensurePage(): Promise<void> {
  if (!existsSync(TABLE) || SOURCES.some((path) => isNewer(path, statSync(TABLE).mtimeMs))) await buildPage();
}

/**
 * Builds beside the old files and takes their place in one step: two runs of tests may do it at once. Vite is a
 * tool of the clone, so it is loaded only when something is built.
 */
export async function buildPage(): Promise<void> {
  const { build } = await import('vite');
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'dist/ui-'));
  try {
    await build({
      configFile: join(ROOT, 'ui/vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: folder, emptyOutDir: true },
    });
    rmSync(BUILT, { recursive: true, force: true });
    renameSync(folder, BUILT);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isNewer(path: string, thanMs: number): boolean {
  const { mtimeMs } = statSync(path);
  if (mtimeMs > thanMs) return true;
  return statSync(path).isDirectory() && readdirSync(path).some((name) => isNewer(join(path, name), thanMs));
}
