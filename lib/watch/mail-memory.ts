import { createHash } from 'node:crypto';
import { toRemovalCounts } from '../../models/removal-kind.js';
import type { Clock } from '../clock.js';
import type { HeldRemovals, RunReport } from '../../models/run-report.js';

/** What this process has mailed already, so that a run every five minutes does not flood the administrators. */
export interface MailMemory {
  keyOfHeld(held: HeldRemovals): string;
  keyOfFailed(report: RunReport): string;
  /** True the first time: the caller mails it then, or calls `forget`. */
  mayMail(key: string): boolean;
  /** The caller could not mail it after all. */
  forget(key: string): void;
  /** The held list is done or gone, so the same list is news when it is held again. */
  nothingHeld(): void;
}

const REPEAT_AFTER_MS = 6 * 60 * 60 * 1_000;
const HELD = 'held ';

export function createMailMemory(clock: Clock): MailMemory {
  let heldKey: string | undefined;
  const failedAt = new Map<string, number>();

  function mayMailFailed(key: string): boolean {
    const now = clock().getTime();
    for (const [known, at] of failedAt) if (now - at >= REPEAT_AFTER_MS) failedAt.delete(known);
    if (failedAt.has(key)) return false;
    failedAt.set(key, now);
    return true;
  }

  return {
    keyOfHeld: ({ reason, approvable, ...counts }) =>
      HELD + JSON.stringify([withoutNumbers(reason), approvable, toRemovalCounts((count) => counts[count])]),

    // Messages may be long, and keys are kept for hours.
    keyOfFailed({ problems }) {
      const digest = createHash('sha256');
      for (const { message } of problems) digest.update(`${withoutNumbers(message)}\n`);
      return digest.digest('base64');
    },

    mayMail(key) {
      if (!key.startsWith(HELD)) return mayMailFailed(key);
      if (heldKey === key) return false;
      heldKey = key;
      return true;
    },

    forget(key) {
      failedAt.delete(key);
      if (heldKey === key) heldKey = undefined;
    },

    nothingHeld() {
      heldKey = undefined;
    },
  };
}

/** Numbers differ from run to run (entries read, linked users, ports) although the reason is the same. */
function withoutNumbers(text: string): string {
  return text.replace(/\d+/g, '#');
}
