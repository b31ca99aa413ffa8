import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export function isLdapsearchInstalled(): boolean {
  return spawnSync('ldapsearch', ['-VV']).error === undefined;
}

/** OpenLDAP's own client: its exit code is the result code. */
export async function ldapsearch(
  args: readonly string[],
): Promise<{ readonly code: number; readonly text: string }> {
  try {
    const { stdout } = await run('ldapsearch', ['-x', '-LLL', '-o', 'ldif-wrap=no', ...args]);
    return { code: 0, text: stdout };
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string };
    return { code, text: stdout };
  }
}
