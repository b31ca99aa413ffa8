import type { ChangeRow } from '../../models/change-row.js';
import type { ChangeHistory } from '../sync/history/change-history.js';
import type { RunOrigin } from '../../models/run-report.js';
import type { RunLog } from '../sync/run/run-log.js';

/** What one run did, or wanted to do, to a user. */
export interface PastRun {
  readonly runId: string;
  readonly at: Date;
  /** Absent when the report of the run has been deleted since. */
  readonly report: RunOrigin | undefined;
  readonly rows: readonly ChangeRow[];
}

const RUNS = 10;

/** The last runs that had to do with a user, newest first. */
export async function findPastRuns(
  userId: string,
  history: Pick<ChangeHistory, 'ofUser'>,
  runs: Pick<RunLog, 'origins'>,
): Promise<readonly PastRun[]> {
  const { runs: changed } = await history.ofUser(userId, { offset: 0, count: RUNS });
  const origins = await runs.origins(changed.map(({ runId }) => runId));
  return changed.map(({ runId, at, rows }) => ({ runId, at, report: origins.get(runId), rows }));
}
