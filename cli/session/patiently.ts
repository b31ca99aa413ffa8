import { setTimeout as pause } from 'node:timers/promises';
import { ApiError } from '../../client/index.js';
import type { Tool } from '../tool.js';

const LONGEST_WAIT_SECONDS = 120;

/** A call of many: beyond the rate limit it waits and is made again. */
export async function patiently<Answer>(
  { terminal, interrupted }: Pick<Tool, 'terminal' | 'interrupted'>,
  call: () => Promise<Answer>,
): Promise<Answer> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const seconds = error instanceof ApiError ? error.retryAfterSeconds : undefined;
      if (!(error instanceof ApiError) || error.status !== 429 || seconds === undefined) throw error;
      if (seconds > LONGEST_WAIT_SECONDS) throw error;
      terminal.note(`The chat server asks to slow down; going on in ${seconds} s.`);
      await pause(seconds * 1_000, undefined, { signal: interrupted });
    }
  }
}
