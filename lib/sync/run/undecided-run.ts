import type { RunReport } from '../report.js';

/** The newest run, if its held list waits for a decision. */
export function toUndecidedRun(newest: RunReport | undefined): string | undefined {
  return newest?.held?.approvable === true && newest.decision === undefined ? newest._id : undefined;
}
