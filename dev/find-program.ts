import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where servers are that are not on everybody's PATH. */
const PATHS = [
  '/usr/sbin',
  '/usr/local/sbin',
  '/usr/libexec',
  '/usr/lib/openldap',
  '/opt/homebrew/opt/openldap/libexec',
];

/** The path of a program; `undefined`: it is not installed. */
export function findProgram(name: string): string | undefined {
  return [...(process.env.PATH ?? '').split(':'), ...PATHS].map((path) => join(path, name)).find(existsSync);
}

/** Those of them that are not installed. */
export function findMissing(names: readonly string[]): readonly string[] {
  return names.filter((name) => findProgram(name) === undefined);
}
