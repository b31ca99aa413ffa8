import type { RunState } from '../../models/run-report.js';
import type { RunLog } from './run/run-log.js';

/** How an approval ends of which nobody knows whether it did everything. */
const CUT_OFF: readonly (RunState | undefined)[] = ['failed', 'interrupted', 'cancelled'];

/** The approvals of a held run that died or found no directory: what they were to do may be decided again. */
export async function findReopened(
  heldRunId: string,
  runs: Pick<RunLog, 'followersOf' | 'summary'>,
): Promise<ReadonlySet<string>> {
  const reopened = new Set<string>();
  for (const approval of await runs.followersOf(heldRunId, 'approval'))
    if (CUT_OFF.includes((await runs.summary(approval))?.state)) reopened.add(approval);
  return reopened;
}
