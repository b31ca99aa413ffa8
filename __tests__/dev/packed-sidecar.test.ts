import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPackedCommand, runPackedSidecar } from '../../dev/run-packed-sidecar.js';

const ROOT = join(__dirname, '../..');
const npm = (cwd: string, ...args: string[]): string =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

it('the packed package, in an empty folder, starts as its container starts it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-ldap-sync-packed-'));
  try {
    const tarball =
      npm(ROOT, 'pack', '--silent', '--pack-destination', folder).trim().split('\n').at(-1) ?? '';
    writeFileSync(join(folder, 'package.json'), '{"name":"empty","private":true}\n');
    npm(folder, 'install', '--silent', '--prefer-offline', '--no-audit', '--no-fund', `./${tarball}`);
    expect(runPackedCommand(folder, ['--version'])).toBe(0);
    expect(runPackedCommand(folder, ['status'])).toBe(2);
    await runPackedSidecar(join(folder, 'node_modules', 'chat-ldap-sync'), ROOT);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
