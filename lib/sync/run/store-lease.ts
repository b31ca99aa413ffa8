import type { WritePermit } from './fenced-writes.js';

/** What a store needs of the run it serves. */
export interface StoreLease {
  /** The run. */
  readonly id: string;
  /** Grows with every run that writes. */
  readonly fence: number;
  /** Asks the database. */
  readonly mayWrite: WritePermit;
  /** Asks the clock. */
  readonly writableMs: WritePermit;
}
