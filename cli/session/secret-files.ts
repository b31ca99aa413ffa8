import { readFileSync } from 'node:fs';
import { CommandError } from '../command-error.js';

export type Environment = Readonly<Record<string, string | undefined>>;

const SUFFIX = '_FILE';
const MOST_BYTES = 64 * 1024;

/**
 * The value of a variable, or the content of the file that the variable with `_FILE` behind it names, as secrets of
 * containers are given. Throws a {@link CommandError} where both are set or the file cannot be read.
 */
export function readVariable(name: string, environment: Environment): string | undefined {
  const value = given(environment[name]);
  const path = given(environment[name + SUFFIX]);
  if (path === undefined) return value;
  if (value !== undefined)
    throw new CommandError('usage', `${name} and ${name}${SUFFIX} are both set.`, {
      remedy: 'Take one of them away.',
    });
  return readSecretFile(path, `${name}${SUFFIX}`);
}

/** Without the line end that editors add. `named` says in messages who names the file. */
export function readSecretFile(path: string, named: string): string {
  const text = readText(path, named);
  const secret = text.replace(/\r?\n$/, '');
  if (secret !== '' && Buffer.byteLength(text) <= MOST_BYTES && !secret.includes('\0')) return secret;
  throw new CommandError('usage', `The file of ${named} does not hold a secret.`, {
    remedy: 'Put the secret into it, as text and nothing else.',
  });
}

function readText(path: string, named: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new CommandError('usage', `The file of ${named} cannot be read (${code}): ${path}`, {
      remedy: 'Correct the path, or let this user read the file.',
    });
  }
}

/**
 * `OVERWRITE_SETTING_…_FILE` and `MAIL_URL_FILE` become what the files hold, so that the password of the service
 * account need not be in the environment.
 */
export function withSecretFiles(environment: Environment): Environment {
  const names = Object.keys(environment)
    .filter((name) => /^(?:OVERWRITE_SETTING_\w+|MAIL_URL)_FILE$/.test(name))
    .map((name) => name.slice(0, -SUFFIX.length));
  return {
    ...environment,
    ...Object.fromEntries(names.map((name) => [name, readVariable(name, environment)])),
  };
}

function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
