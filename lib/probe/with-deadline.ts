import { toFailure, type LdapSyncError } from '../errors.js';
import { toFinding } from '../findings/finding.js';

/** Gives a signal that ends what somebody waits for: a server that keeps sending, however slowly, is never silent. */
export async function withDeadline<T>(
  deadlineMs: number,
  use: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(tooLong(deadlineMs)), deadlineMs);
  try {
    return await use(deadline.signal);
  } finally {
    clearTimeout(timer);
  }
}

function tooLong(deadlineMs: number): LdapSyncError {
  const finding = toFinding('test-too-slow', { seconds: Math.round(deadlineMs / 1_000) });
  return toFailure('directory-timeout', finding);
}
