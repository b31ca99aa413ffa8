import type { RemovalRow } from '../../../models/change-row.js';
import type { ChangeLog } from '../history/change-log.js';
import { countWanted, type SweepState } from '../removals/sweep-state.js';
import type { Tally } from '../run/tally.js';
import { noteUnconfirmed } from './count-linked.js';
import { toOutcome } from './person-outcome.js';
import { isLinking, type PersonTask } from './person-task.js';
import type { ReadPage } from './read-page.js';
import { toTaskRows } from './removal-rows.js';
import { toAttentionRows } from './report-person.js';

interface QuietPeople extends Pick<ReadPage, 'refused'> {
  readonly tasks: readonly PersonTask[];
}

/** Counts those of a page for whom nothing was written; the others were counted where they were written. */
export function recordQuiet({ refused, tasks }: QuietPeople, tally: Tally): void {
  tally.read(refused.length + tasks.length);
  for (const row of refused) {
    tally.count(row.outcome);
    tally.attention(row);
  }
  for (const task of tasks) {
    const outcome = toOutcome(task);
    tally.count(outcome);
    for (const row of toAttentionRows(task, outcome)) tally.attention(row);
  }
}

interface Dependencies {
  readonly changes: Pick<ChangeLog, 'collect'>;
  readonly state: SweepState;
  readonly unconfirmedBy: string | undefined;
  /** Of people for whom there is no plan that says so. */
  readonly shownDisabled: readonly RemovalRow[];
}

/** Gathers what a page would take away, and the links that are to be confirmed. */
export async function collectRemovals(
  tasks: readonly PersonTask[],
  { changes, state, unconfirmedBy, shownDisabled }: Dependencies,
): Promise<void> {
  const removals: RemovalRow[] = [...shownDisabled];
  for (const task of tasks) {
    const { user, failure } = task;
    if (unconfirmedBy !== undefined && user && !failure && isLinking(task))
      noteUnconfirmed(user._id, unconfirmedBy, state);
    removals.push(...toTaskRows(task, toOutcome(task)));
  }
  countWanted(removals, state);
  await changes.collect(removals);
}
