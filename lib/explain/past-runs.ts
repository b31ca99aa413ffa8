import type { ChangeHistory } from '../sync/change-log.js';
import type { ChangeRow } from '../sync/change-row.js';
import type { RunReport } from '../sync/report.js';
import type { RunLog } from '../sync/run-log.js';

/** What one run did, or wanted to do, to a user. */
export interface PastRun {
  readonly runId: string;
  readonly at: Date;
  /** Absent when the report of the run has been deleted since. */
  readonly report: Pick<RunReport, 'kind' | 'requestedBy' | 'state'> | undefined;
  readonly rows: readonly ChangeRow[];
}

const RUNS = 10;

/** The last runs that had to do with a user, newest first. */
export async function findPastRuns(
  userId: string,
  history: Pick<ChangeHistory, 'ofUser'>,
  runs: Pick<RunLog, 'get'>,
): Promise<readonly PastRun[]> {
  const changed = await history.ofUser(userId, RUNS);
  return Promise.all(
    changed.map(async ({ runId, at, rows }) => ({ runId, at, report: await runs.get(runId), rows })),
  );
}
