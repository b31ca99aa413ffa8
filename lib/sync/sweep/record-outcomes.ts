import type { RemovalRow } from '../../../models/change-row.js';
import type { ChangeLog } from '../history/change-log.js';
import { MAX_DISPUTES, type Dispute } from '../removals/dispute.js';
import { countWanted } from '../removals/count-wanted.js';
import { withNeededDecision, type SweepState } from '../removals/sweep-state.js';
import { KINDS } from '../removals/kinds/removal-kinds.js';
import type { Tally } from '../run/tally.js';
import { noteUnconfirmed } from './count-linked.js';
import { toCounted } from './person-outcome.js';
import { isLinking, type PersonTask } from './person-task.js';
import { collectPhotoRows } from './photo-rows.js';
import { toDispute } from './to-dispute.js';
import type { ReadPage } from './read-page.js';
import { toTaskRows } from './removal-rows.js';
import { toAttentionRows } from './report-person.js';

interface QuietPeople extends Pick<ReadPage, 'refused'> {
  readonly tasks: readonly PersonTask[];
}

/** Counts those of a page for whom nothing was written; the others were counted where they were written. */
export function recordQuiet({ refused, tasks }: QuietPeople, tally: Tally, disputes: Dispute[]): void {
  tally.read(refused.length + tasks.length);
  for (const row of refused) {
    tally.count(row.outcome);
    tally.attention(row);
  }
  for (const task of tasks) {
    const outcome = toCounted(task);
    tally.count(outcome);
    for (const row of toAttentionRows(task, outcome)) {
      const dispute = disputes.length < MAX_DISPUTES ? toDispute(task.decision, row) : undefined;
      if (dispute) disputes.push(dispute);
      else tally.attention(row);
    }
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
    removals.push(...toTaskRows(task, toCounted(task)));
  }
  const isAboutPhotos = ({ kind }: RemovalRow): boolean => KINDS[kind].isAboutPhotos === true;
  await collectPhotoRows(removals.filter(isAboutPhotos), state, changes);
  const others = removals.filter((row) => !isAboutPhotos(row)).map((row) => withNeededDecision(row, state));
  countWanted(others, state);
  await changes.collect(others);
}
