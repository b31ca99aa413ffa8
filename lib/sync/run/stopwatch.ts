/**
 * Gives the milliseconds since it was started. Never too few: one clock of the machine stands still while the
 * machine is suspended, the other may be put back; whichever has gone further counts.
 */
export type Stopwatch = () => number;

export function startStopwatch(): Stopwatch {
  const monotonic = performance.now();
  const wall = Date.now();
  return () => Math.max(performance.now() - monotonic, Date.now() - wall);
}
