import type { ChangeRow } from '../../models/change-row.js';
import type { Outcome } from '../../models/run-report.js';
import { MAX_SAMPLES } from './removals/sort-rows.js';

/** Counts rows by outcome, and keeps the first of them for a report. */
export interface OutcomeCounter {
  add(row: ChangeRow): void;
  all(): number;
  /** What is 0 is absent. */
  counts(): Partial<Record<Outcome, number>>;
  samples(): readonly ChangeRow[];
}

export function createOutcomeCounter(): OutcomeCounter {
  const counts: Partial<Record<Outcome, number>> = {};
  const samples: ChangeRow[] = [];
  let all = 0;
  return {
    add(row) {
      counts[row.outcome] = (counts[row.outcome] ?? 0) + 1;
      all += 1;
      if (samples.length < MAX_SAMPLES) samples.push(row);
    },
    all: () => all,
    counts: () => counts,
    samples: () => samples,
  };
}
