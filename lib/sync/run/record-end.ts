import type { Collection } from '../../../models/database.js';
import type { RunState } from '../../../models/run-report.js';
import type { SyncRunRecord } from '../../../models/sync-run.js';
import type { Lease } from './lease.js';
import type { RunEnd } from './run-end.js';
import type { Tally } from './tally.js';

interface Ending {
  readonly runs: Collection<SyncRunRecord>;
  readonly id: string;
  readonly tally: Tally;
  readonly lease: Lease;
  readonly finishedAt: Date;
}

/** Writes down how a run ended, with what of its account no transaction has written down. */
export async function recordEnd(
  { state, held, weighed = true, doubted, stateAttributes, settingsChange, plan, server }: RunEnd,
  { runs, id, tally, lease, finishedAt }: Ending,
): Promise<void> {
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
      },
      $unset: { waitingFor: '' },
    },
  );
  tally.saved();
}
