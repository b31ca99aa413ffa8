import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Slapd } from '../dev/slapd.js';

/** `ldapsearch` draining what a sync asks for to nowhere. */
export function measureLdapsearch(
  { url, rootDN, rootPassword, suffix }: Slapd,
  attributes: readonly string[],
): number {
  const start = performance.now();
  const { status } = spawnSync(
    'ldapsearch',
    [
      '-x',
      '-LLL',
      '-H',
      url,
      '-D',
      rootDN,
      '-w',
      rootPassword,
      '-b',
      suffix,
      '-E',
      'pr=1000/noprompt',
      '(&(objectClass=*)(uid=*))',
      ...attributes,
    ],
    { stdio: 'ignore' },
  );
  if (status !== 0) throw new Error('ldapsearch failed');
  return performance.now() - start;
}

/** The ways of the raw driver, and how long each took; the floor is the best. Milliseconds. */
export type DriverTimes = Readonly<Record<string, number>>;

/** The raw driver, in a process of its own as a sync is: reading, or inserting, the same documents. */
export function measureDriver(kind: 'read' | 'insert', url: string): DriverTimes {
  const output = execFileSync(
    process.execPath,
    [join(import.meta.dirname, 'measure-driver.mjs'), kind, url],
    { encoding: 'utf8' },
  );
  return JSON.parse(output) as DriverTimes;
}
