import type { RemovalRow } from '../../../models/change-row.js';
import type { ChangeLog } from '../history/change-log.js';
import { countWanted, type SweepState } from '../removals/sweep-state.js';
import type { Tally } from '../run/tally.js';
import { noteUnconfirmed } from './count-linked.js';
import { toOutcome } from './person-outcome.js';
import { isLinking, type PersonTask } from './person-task.js';
import type { ReadPage } from './read-page.js';
import { toRemoving, toRemovalRows } from './removal-rows.js';
import { toAttentionRows } from './report-person.js';
import { toActualRow } from './write-row.js';

interface Dependencies {
  readonly tally: Tally;
  readonly changes: ChangeLog;
  readonly state: SweepState;
  readonly unconfirmedBy: string | undefined;
}

/** The chunk of the history that holds the planned rows of these people; `undefined` when there are none. */
interface WrittenPage {
  readonly tasks: readonly PersonTask[];
  readonly chunkId: string | undefined;
}

/**
 * Counts what became of a page, corrects what was written down of it, and collects the removals. All people
 * of the page are counted together, and only now, so that the report of a run that fails has one outcome for
 * each person read.
 */
export async function recordOutcomes(
  { entries, refused }: Pick<ReadPage, 'entries' | 'refused'>,
  { tasks, chunkId }: WrittenPage,
  { tally, changes, state, unconfirmedBy }: Dependencies,
): Promise<void> {
  tally.read(entries);
  for (const row of refused) {
    tally.count(row.outcome);
    tally.attention(row);
  }
  const removals: RemovalRow[] = [];
  for (const task of tasks) {
    const { user, failure } = task;
    const outcome = toOutcome(task);
    tally.count(outcome);
    for (const row of toAttentionRows(task, outcome)) tally.attention(row);
    if (unconfirmedBy !== undefined && user && !failure && isLinking(task))
      noteUnconfirmed(user._id, unconfirmedBy, state);
    const removing = toRemoving(task);
    if (removing) removals.push(...toRemovalRows(removing, outcome));
  }
  if (chunkId !== undefined) await correctRows(chunkId, tasks, changes);
  countWanted(removals, state);
  await changes.collect(removals);
}

async function correctRows(
  chunkId: string,
  tasks: readonly PersonTask[],
  changes: Pick<ChangeLog, 'correct'>,
): Promise<void> {
  if (tasks.every((task) => !task.row || isAsPlanned(task))) return;
  const rows = tasks.flatMap((task) => {
    const { row, failure, photoResult } = task;
    if (!row || isAsPlanned(task)) return row ?? [];
    return toActualRow(row, { outcome: toOutcome(task), failure, rejection: photoResult?.rejection });
  });
  await changes.correct(chunkId, rows);
}

function isAsPlanned({ failure, photoResult }: PersonTask): boolean {
  return failure === undefined && photoResult?.rejection === undefined;
}
