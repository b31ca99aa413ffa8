import { toAdvice } from '../../advice.js';
import { toRemovalCounts } from '../../../models/removal-kind.js';
import type { HeldRemovals, RunProblem } from '../../../models/run-report.js';
import type { Tally } from '../run/tally.js';
import type { GuardRefusal } from './guard.js';
import type { SweepState } from './sweep-state.js';

/** The removals wait for a decision, or for a better sweep. */
export interface HeldEnd {
  readonly kind: 'held';
  readonly held: HeldRemovals;
  /** Where the directory was unverified: the runs that made the unconfirmed links it showed. */
  readonly doubted?: readonly string[];
}

/**
 * Holds the removals however few they are now: a list that waits for a decision is never decided by waiting.
 */
export function toUndecided(runId: string): GuardRefusal {
  return {
    allowed: false,
    code: 'earlier-run-undecided',
    params: { runId },
    reason: `The run ${runId} was held, and nobody has approved or rejected its list yet.`,
    remedy:
      'Look at the list of this run (ldap.runChanges); approve it (ldap.approveRun) or reject it ' +
      '(ldap.rejectRun).',
  };
}

/** An application of a preview has saved its settings, and was cut off before what the preview did not show was held. */
export function toCutOff(runId: string): GuardRefusal {
  return {
    allowed: false,
    code: 'earlier-run-undecided',
    params: { runId },
    reason: `The run ${runId} has saved the settings of a preview, and was cut off before its removals were done.`,
    remedy:
      'Apply the same preview again (ldap.applyPlan); or look at the list of this run (ldap.runChanges), and approve it ' +
      '(ldap.approveRun) or reject it (ldap.rejectRun).',
  };
}

/** The others of the list have been carried out. */
export function holdForDecision(changes: number, { needingDecision }: SweepState, tally: Tally): HeldEnd {
  const reason = `${changes} ${changes === 1 ? 'change needs' : 'changes need'} a decision by a person.`;
  const remedy =
    'Look at the rows that wait (ldap.runChanges); approve them (ldap.approveRun) or reject them ' +
    '(ldap.rejectRun), all or some.';
  tally.problem({ message: reason, remedy });
  const advice = { code: 'decision-needed', params: { changes }, reason, remedy } as const;
  return { kind: 'held', held: { ...needingDecision, ...advice, approvable: true } };
}

export function hold(
  verdict: GuardRefusal,
  {
    state,
    approvable,
    tally,
  }: { readonly state: SweepState; readonly approvable: boolean; readonly tally: Tally },
): HeldEnd {
  tally.problem({
    message: `${toNobody(tally)}: ${verdict.reason}`,
    remedy: verdict.remedy,
  });
  return toHeld(verdict, state, approvable);
}

export function toHeld(
  refusal: GuardRefusal,
  { wanted, needingDecision }: SweepState,
  approvable: boolean,
): HeldEnd {
  const counts = toRemovalCounts((count) => wanted[count] + needingDecision[count]);
  return { kind: 'held', held: { ...counts, ...toAdvice(refusal), approvable } };
}

export function toNotWhollyRead(tally: Tally): RunProblem {
  return {
    message: `${toNobody(tally)}, because the directory was not wholly read.`,
    remedy: 'Mend what is named above, then run the sync again.',
  };
}

/** Users who were shown as disabled may have been switched off. */
function toNobody(tally: Tally): string {
  const nobody = tally.counts().deactivated > 0 ? 'Nobody else' : 'Nobody';
  return (
    `${nobody} was deactivated, renamed, stripped of anything, taken out of rooms, connected, linked anew or switched ` +
    'on again'
  );
}
