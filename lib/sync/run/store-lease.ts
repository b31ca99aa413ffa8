import type { WritePermit } from './fenced-writes.js';

/** What a store needs of the run it serves. */
export interface StoreLease {
  /** The id of the run. */
  readonly id: string;
  /** Grows with every run that writes. */
  readonly fence: number;
  /** Asks the database whether the run may still write. */
  readonly mayWrite: WritePermit;
  /** Asks only the clock whether the run may still write. */
  readonly writableMs: WritePermit;
}
