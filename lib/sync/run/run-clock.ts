import type { Clock } from '../../clock.js';

/**
 * The database server's time during a run, without asking for it again: when the lease was taken, and what
 * has passed since by a clock that is never set. What is kept for some days is dated by it, so that a host
 * whose clock is wrong neither deletes the accounts of others nor leaves its own for ever.
 */
export function createRunClock({ startedAt }: { readonly startedAt: Date }): Clock {
  const since = performance.now();
  return () => new Date(startedAt.getTime() + Math.round(performance.now() - since));
}
