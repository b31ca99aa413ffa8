/**
 * Gives the milliseconds since it was started, or since `askedAt` (`performance.now()`). Never too few: one clock of the machine
 * stands still while the machine is suspended, the other may be put back; whichever has gone further counts.
 */
export function startStopwatch(askedAt = performance.now()): () => number {
  const wall = Date.now() - (performance.now() - askedAt);
  return () => Math.max(performance.now() - askedAt, Date.now() - wall);
}
