import type { RunSummary } from '../report.js';

/** The newest run, if its held list waits for a decision. */
export function toUndecidedRun(newest: RunSummary | undefined): string | undefined {
  return newest?.held?.approvable === true && newest.decision === undefined ? newest._id : undefined;
}
