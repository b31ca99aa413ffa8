import type { Collection } from '../../../models/database.js';
import type { RunPhase, RunState } from '../../../models/run-report.js';
import type { SyncRunRecord } from '../../../models/sync-run.js';
import type { Lease } from './lease.js';
import { toLastPhase, type RunEnd } from './run-end.js';
import type { Tally } from './tally.js';

interface Ending {
  readonly runs: Collection<SyncRunRecord>;
  readonly id: string;
  readonly tally: Tally;
  readonly lease: Lease;
  readonly finishedAt: Date;
  /** The phase that the run has begun last. */
  readonly phase: RunPhase;
}

/** Writes down how a run ended, with what of its account no transaction has written down. */
export async function recordEnd(
  end: RunEnd,
  { runs, id, tally, lease, finishedAt, phase }: Ending,
): Promise<void> {
  const { state, held, weighed = true, doubted, stateAttributes, settingsChange, plan, server } = end;
  const last = toLastPhase(end, phase);
  // Another host may have marked this run as interrupted while the database could not be reached.
  const states: RunState[] = (await lease.renew(id)) ? ['running', 'interrupted'] : ['running'];
  await runs.updateOne(
    { _id: id, state: { $in: states } },
    {
      ...tally.toUpdate(),
      $set: {
        state,
        finishedAt,
        ...(held ? { held } : {}),
        ...(weighed ? {} : { weighed }),
        ...(settingsChange === undefined ? {} : { settingsChange }),
        ...(plan ? { plan } : {}),
        ...(server ? { server } : {}),
        ...(stateAttributes ? { stateAttributes: [...stateAttributes] } : {}),
        ...(doubted ? { doubted: [...doubted] } : {}),
        ...last,
      },
      $unset: { waitingFor: '', ...(last.phase ? {} : { phase: '' }) },
    },
  );
  tally.saved();
}
