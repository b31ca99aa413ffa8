import type { DriverTimes } from './floors.js';
import type { Measurement } from './rounds.js';

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [below = 0, above = 0] = [
    sorted[Math.ceil(sorted.length / 2) - 1],
    sorted[Math.floor(sorted.length / 2)],
  ];
  return (below + above) / 2;
}

/** The median of each way of the raw driver. */
export function toMedians(times: readonly DriverTimes[]): DriverTimes {
  const ways = Object.keys(times[0] ?? {});
  return Object.fromEntries(ways.map((way) => [way, median(times.map((time) => time[way] ?? 0))]));
}

/** What a run is measured against, of several rounds: medians, of the best way of the driver. */
export interface Floor {
  readonly ldapMs: number;
  readonly driverMs: number;
  /** The larger of both. */
  readonly floorMs: number;
}

export function toFloor(measurements: readonly Measurement[], driver: 'read' | 'insert'): Floor {
  const times = toMedians(measurements.map((measurement) => measurement[driver]));
  const ldapMs = median(measurements.map(({ ldapsearchMs }) => ldapsearchMs));
  // What is best in one round by luck is no floor.
  const driverMs = Math.min(...Object.values(times));
  return { ldapMs, driverMs, floorMs: Math.max(ldapMs, driverMs) };
}

/** What was measured in one round, of this tree and of the other. */
export type Pair = readonly [own: number, baseline: number];

/** `0.98 (0.91–1.07)`: the median of the ratios of each round, the lowest and the highest. */
export function toRatio(pairs: readonly Pair[]): string {
  const ratios = pairs.map(([own, baseline]) => own / baseline);
  const [middle, lowest, highest] = [median(ratios), Math.min(...ratios), Math.max(...ratios)];
  return `${middle.toFixed(2)} (${lowest.toFixed(2)}–${highest.toFixed(2)})`;
}
