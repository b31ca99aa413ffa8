import type { Run } from '../api/answers.js';
import type { Status } from '../api/further-answers.js';

/** Whether somebody has rejected the list of this run, or a part of it. */
function isRejected({ decision, partlyDecided = [] }: Run): boolean {
  return [...partlyDecided, ...(decision ? [decision] : [])].some(({ verdict }) => verdict === 'rejected');
}

/** Whether the next sync would list those who were rejected again: none has come since. */
export function isRejectedStill(
  run: Run,
  { lastSuccess, held }: Pick<Status, 'lastSuccess' | 'held'>,
): boolean {
  if (!isRejected(run) || (held && held.runId !== run._id)) return false;
  return (
    lastSuccess === null || Date.parse(lastSuccess.finishedAt) <= Date.parse(run.finishedAt ?? run.startedAt)
  );
}
