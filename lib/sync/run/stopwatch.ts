/**
 * Gives the milliseconds since it was started, never too few. One clock of the machine stands still while the
 * machine is suspended, and the other may be put back, so the clock that has gone further counts.
 */
export type Stopwatch = () => number;

export function startStopwatch(): Stopwatch {
  const monotonic = performance.now();
  const wall = Date.now();
  return () => Math.max(performance.now() - monotonic, Date.now() - wall);
}
