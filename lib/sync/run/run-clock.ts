import type { Clock } from '../../clock.js';

/**
 * The database server's time during a run, without asking the server again: the time when the lease was
 * taken, plus the time that has passed since, by a clock that is never set. Documents that are kept for some
 * days are dated by this clock, so that a host whose own clock is wrong neither deletes the accounts of
 * others nor keeps its own for ever.
 */
export function createRunClock({ startedAt }: { readonly startedAt: Date }): Clock {
  const since = performance.now();
  return () => new Date(startedAt.getTime() + Math.round(performance.now() - since));
}
