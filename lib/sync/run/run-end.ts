import type { HeldRemovals, RunState } from '../../../models/run-report.js';

/** How the story of a run ended. */
export interface RunEnd {
  readonly state: RunState;
  readonly held?: HeldRemovals;
  /** False when a sync did not come to look at removals, so that an earlier list still waits. */
  readonly weighed?: boolean;
  /**
   * Of a sync that was held because its directory was unverified: the runs that had linked those whom it
   * saw.
   */
  readonly doubted?: readonly string[];
}
