import { spawn, type ChildProcess } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Readable, Writable } from 'node:stream';
import type { Advice } from '../../advice.js';
import { DecoderUnavailableError } from './photo-refusal.js';

/** A process that decodes, and how to hear from it. */
export interface StartedDecoder {
  readonly child: ChildProcess;
  readonly input: Writable;
  readonly output: Readable;
}

/**
 * The variables of the host's environment that the loader of programs and libraries needs; all others may
 * hold secrets.
 */
const INHERITED = ['PATH', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'SystemRoot', 'TEMP', 'TMP'];

/** The memory of one photo goes back to the system before the next (glibc), and one thread is enough. */
const OF_ITS_OWN = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
  UV_THREADPOOL_SIZE: '1',
  VIPS_BLOCK_UNTRUSTED: '1',
};
/**
 * The decoder gets none of the host's flags for Node: a debugger, a loader or a profiler has no business
 * here.
 */
const NODE_ARGUMENTS = ['--expose-gc', '--max-old-space-size=64', '--max-semi-space-size=1'];

/**
 * The program, beside this file. Not found when a bundler has moved this file, which only starting it shows.
 */
export function toDecoderProgram(): string {
  try {
    return fileURLToPath(new URL('./decoder-process.js', import.meta.url));
  } catch (error) {
    throw unavailable('its program is not beside the package', error);
  }
}

/**
 * Starts a decoder. Throws `DecoderUnavailableError` when the system refuses at once; later failures come as
 * `error` of the child.
 */
export function startDecoder(program: string): StartedDecoder {
  const inherited = INHERITED.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  try {
    const child = spawn(process.execPath, [...NODE_ARGUMENTS, program], {
      cwd: dirname(program),
      env: { ...Object.fromEntries(inherited), ...OF_ITS_OWN },
      stdio: ['pipe', 'pipe', 'ignore', 'ipc'],
      windowsHide: true,
    });
    return { child, input: child.stdin as Writable, output: child.stdout as Readable };
  } catch (error) {
    throw unavailable((error as Error).message, error);
  }
}

export function unavailable(reason: string, cause?: unknown): DecoderUnavailableError {
  const error = reason.split('\n')[0]?.slice(0, 300) ?? '';
  const advice: Advice = {
    code: 'photo-decoder-unavailable',
    params: { error },
    reason: `Photos cannot be decoded: the decoder could not be started (${error}).`,
    remedy:
      'Let the server start child processes, install the package sharp for its platform, and leave this ' +
      'package out of bundles ' +
      '(mark it as external), so that its file decoder-process.js stays where it is. The photos in the ' +
      'directory are not at fault.',
  };
  return new DecoderUnavailableError(advice, { cause });
}
