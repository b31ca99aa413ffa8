import { createHash } from 'node:crypto';
import { toRemovalCounts } from '../../models/removal-kind.js';
import type { Clock } from '../clock.js';
import type { HeldRemovals, RunReport } from '../../models/run-report.js';

/** What a held run wants somebody to decide. */
export interface HeldKey {
  readonly list: string;
  /** Absent where the reason is only that the list waits already. */
  readonly reason: string | undefined;
}

/** What this process has mailed already, so that a run every five minutes does not flood the administrators. */
export interface MailMemory {
  /** `first` and `changed`: the caller mails it then, or calls `forgetHeld`. */
  tellHeld(key: HeldKey): 'first' | 'changed' | 'known';
  keyOfFailed(report: RunReport): string;
  /** True the first time: the caller mails it then, or calls `forgetFailed`. */
  mayMailFailed(key: string): boolean;
  /** The caller could not mail it after all. */
  forgetFailed(key: string): void;
  /** The caller could not mail it, or the held list is done or gone: the same list is news when it is held again. */
  forgetHeld(): void;
}

const REPEAT_AFTER_MS = 6 * 60 * 60 * 1_000;

/** `list`: what is the same for the same rows. */
export function toHeldKey({ reason, code, approvable, ...counts }: HeldRemovals, list: string): HeldKey {
  return {
    list: JSON.stringify([list, approvable, toRemovalCounts((count) => counts[count])]),
    reason: code === 'earlier-run-undecided' ? undefined : withoutNumbers(reason),
  };
}

export function createMailMemory(clock: Clock): MailMemory {
  let held: HeldKey | undefined;
  const failedAt = new Map<string, number>();

  return {
    tellHeld(key) {
      const before = held;
      const isListed = before?.list === key.list;
      if (before && isListed && (key.reason === undefined || key.reason === before.reason)) return 'known';
      held = key;
      return before && !isListed ? 'changed' : 'first';
    },

    // Messages may be long, and keys are kept for hours.
    keyOfFailed({ problems }) {
      const digest = createHash('sha256');
      for (const { message } of problems) digest.update(`${withoutNumbers(message)}\n`);
      return digest.digest('base64');
    },

    mayMailFailed(key) {
      const now = clock().getTime();
      for (const [known, at] of failedAt) if (now - at >= REPEAT_AFTER_MS) failedAt.delete(known);
      if (failedAt.has(key)) return false;
      failedAt.set(key, now);
      return true;
    },

    forgetFailed: (key) => void failedAt.delete(key),

    forgetHeld() {
      held = undefined;
    },
  };
}

/** Numbers differ from run to run (entries read, linked users, ports) although the reason is the same. */
function withoutNumbers(text: string): string {
  return text.replace(/\d+/g, '#');
}
