import type { RemovalCounts } from '../../models/removal-kind.js';
import type { RunSummary } from '../../models/run-report.js';
import type { ChangeHistory } from './history/change-history.js';
import { findReopened } from './reopened-approvals.js';
import type { RunLog } from './run/run-log.js';

interface Dependencies {
  readonly runs: Pick<RunLog, 'undecided' | 'followersOf' | 'summary'>;
  readonly history: Pick<ChangeHistory, 'countWaiting'>;
}

/**
 * The run whose list waits for a decision, as `undecided` gives it; of a list that is decided in part, `held` counts
 * the people about whom nobody has decided yet. A list is counted again only when somebody decides about it.
 */
export function createReadStillWaiting({ runs, history }: Dependencies): RunLog['undecided'] {
  let counted: { readonly key: string; readonly counts: RemovalCounts } | undefined;

  return async () => {
    const run = await runs.undecided();
    if (!run?.held || !run.partlyDecided?.length) return run;
    const reopened = await findReopened(run._id, runs);
    const key = toKey(run, reopened);
    if (counted?.key !== key) counted = { key, counts: await history.countWaiting(run._id, reopened) };
    return { ...run, held: { ...run.held, ...counted.counts } };
  };
}

function toKey({ _id, partlyDecided = [] }: RunSummary, reopened: ReadonlySet<string>): string {
  return JSON.stringify([_id, partlyDecided.length, [...reopened].sort()]);
}
