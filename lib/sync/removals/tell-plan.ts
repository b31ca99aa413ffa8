import type { Advice } from '../../advice.js';
import type { RemovalRow } from '../../../models/change-row.js';
import { REMOVAL_COUNTS, sumOfRemovals, toRemovalCounts } from '../../../models/removal-kind.js';
import type { AttentionRow } from '../../../models/run-report.js';
import type { Tally } from '../run/tally.js';
import type { Undone } from './find-undone.js';
import { holdForDecision, type HeldEnd } from './hold-removals.js';
import { KINDS } from './kinds/removal-kinds.js';
import type { SortedRows } from './sort-rows.js';
import type { SweepState } from './sweep-state.js';

/** What waits once a plan has been applied; `undefined`: nothing. Its report names some of the people. */
export function holdNotPlanned(
  { notPlanned, samples }: SortedRows,
  state: SweepState,
  tally: Tally,
): HeldEnd | undefined {
  const { needingDecision } = state;
  const deciding = sumOfRemovals(needingDecision);
  const removals = notPlanned.rows();
  if (removals === 0) return deciding > 0 ? holdForDecision(deciding, state, tally) : undefined;
  for (const row of samples) tally.attention(toAttention(row, toNotPlanned(row)));
  const reason =
    `${removals} ${removals === 1 ? 'removal is' : 'removals are'} wanted that the preview did not show; ` +
    'what it showed has been done.';
  tally.problem({ message: reason, remedy: DECIDE });
  const people = notPlanned.people();
  const counts = toRemovalCounts((count) => people[count] + needingDecision[count]);
  const advice = { code: 'not-in-plan', params: { removals }, reason, remedy: DECIDE } as const;
  return { kind: 'held', held: { ...counts, ...advice, approvable: true } };
}

const DECIDE =
  'Look at the rows that wait (ldap.runChanges); approve them (ldap.approveRun) or reject them (ldap.rejectRun), all ' +
  'or some. The next sync wants again what is rejected, within the limits of the guard: mend the directory or the ' +
  'settings first.';

/** What the preview has shown, and did not happen. */
export function tellNotWanted(
  { notWanted, samples }: Pick<Undone, 'notWanted' | 'samples'>,
  tally: Tally,
): void {
  const removals = notWanted.rows();
  if (removals === 0) return;
  for (const row of samples) tally.attention(toAttention(row, toOvertaken(row)));
  tally.problem({
    message: `${removals} ${removals === 1 ? 'removal' : 'removals'} of the preview ${removals === 1 ? 'is' : 'are'} no longer wanted.`,
    remedy:
      'Nothing, if this is meant: the directory or the chat server has changed since the preview. The report names ' +
      'some of the people; ldap.explainUser says how one of them stands.',
  });
}

/** The rows that were looked up again or refused are named by what they met. */
export function tellNotDone({ notDone }: Pick<Undone, 'notDone'>, tally: Tally): void {
  const removals = notDone.rows();
  if (removals === 0) return;
  tally.problem({
    message:
      `${removals} ${removals === 1 ? 'removal' : 'removals'} of the preview ${removals === 1 ? 'was' : 'were'} not done: ` +
      'a look-up did not confirm it, something in the chat server stood in the way, or it needs a decision by now.',
    remedy:
      'Look at the rows of this run that are skipped or wait (ldap.runChanges): each says why. The next sync ' +
      '(ldap.syncNow) tries again what is still wanted.',
  });
}

export function tellPassedOver({ passedOver }: SortedRows, tally: Tally): void {
  const removals = passedOver.rows();
  if (removals === 0) return;
  tally.problem({
    message: `${removals} ${removals === 1 ? 'removal' : 'removals'} that the preview had passed over ${removals === 1 ? 'was' : 'were'} not tried.`,
    remedy: 'Nothing; the next sync (ldap.syncNow) decides about them.',
  });
}

function toNotPlanned({ kind }: RemovalRow): Advice {
  return {
    code: 'not-in-plan',
    params: { kind: REMOVAL_COUNTS[kind] },
    reason: `A ${KINDS[kind].called.one} is wanted that the preview did not show, so it waits.`,
    remedy: DECIDE,
  };
}

function toOvertaken({ kind }: RemovalRow): Advice {
  return {
    code: 'plan-overtaken',
    params: { kind: REMOVAL_COUNTS[kind] },
    reason: `The preview showed a ${KINDS[kind].called.one} that is no longer wanted.`,
    remedy: 'Nothing, if this is meant; ldap.explainUser says how the person stands.',
  };
}

/** The person counts as before: nothing has been done. */
function toAttention(row: RemovalRow, advice: Advice): AttentionRow {
  const { userId, username, name, dn, countedAs } = row;
  return {
    outcome: countedAs ?? 'unchanged',
    userId,
    ...(username === undefined ? {} : { username }),
    ...(name === undefined ? {} : { name }),
    ...(dn === undefined ? {} : { dn }),
    ...advice,
  };
}
