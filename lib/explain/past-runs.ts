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
/** A run keeps what it writes and what it takes away in chunks of their own. */
const CHUNKS = 2 * RUNS;

/** The last runs that had to do with a user, newest first. */
export async function findPastRuns(userId: string, history: Pick<ChangeHistory, 'ofUser'>, runs: Pick<RunLog, 'get'>): Promise<readonly PastRun[]> {
  const byRun = new Map<string, { at: Date; rows: ChangeRow[] }>();
  for (const { runId, at, rows } of await history.ofUser(userId, CHUNKS)) {
    const known = byRun.get(runId);
    // The chunks come newest first; within a run what was written comes before what was taken away.
    if (known) known.rows.unshift(...rows);
    else byRun.set(runId, { at, rows: [...rows] });
  }
  return Promise.all([...byRun].slice(0, RUNS).map(async ([runId, { at, rows }]) => ({ runId, at, report: await runs.get(runId), rows })));
}
