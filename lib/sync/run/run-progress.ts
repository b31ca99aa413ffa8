import type { Collection } from '../../../models/database.js';
import type { RunPhase } from '../../../models/run-report.js';
import type { SyncRunRecord } from '../../../models/sync-run.js';
import type { Tally } from './tally.js';

/** What is written down of a run that goes, beside what its transactions write. */
export interface RunProgress {
  /** The phase that the run has begun last. */
  readonly phase: RunPhase;
  /** Writes down at once that the run begins a phase. Nothing is written when it is in it already. */
  enter(phase: RunPhase): Promise<void>;
  /** Writes down, now and then, what no transaction has written down. */
  save(): Promise<void>;
}

interface Dependencies {
  readonly id: string;
  readonly runs: () => Collection<SyncRunRecord>;
  readonly tally: Tally;
}

/** The phase that stands in the record of a run from its beginning. */
export const FIRST_PHASE: RunPhase = 'settings';

const SAVE_MS = 250;

export function createRunProgress({ id, runs, tally }: Dependencies): RunProgress {
  let phase = FIRST_PHASE;
  let savedAt = -Infinity;

  async function write(): Promise<void> {
    savedAt = performance.now();
    await runs().updateOne({ _id: id, state: 'running' }, { ...tally.toUpdate(), $set: { phase } });
    tally.saved();
  }

  return {
    get phase() {
      return phase;
    },

    async enter(next) {
      if (next === phase) return;
      phase = next;
      await write();
    },

    async save() {
      if (performance.now() - savedAt >= SAVE_MS) await write();
    },
  };
}
