import type { SweepEnd } from '../../directory/directory.js';
import type { AppliedPlan } from '../../../models/run-report.js';
import { confirmLinks } from '../users/remove-marks.js';
import { carryOut } from './carry-out.js';
import { checkAlike } from './check-alike.js';
import { checkFormerIds } from './check-former-ids.js';
import { findContradiction } from './find-contradiction.js';
import { collectWhoIsMissing } from './find-missing.js';
import { findUndone, type AppliedPreview } from './find-undone.js';
import { checkSweep, type GuardRefusal } from './guard.js';
import { hold, type HeldEnd } from './hold-removals.js';
import { isDirectoryVerified } from './is-directory-verified.js';
import type { PlannedRows } from './planned-rows.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import { toRowKey } from './row-key.js';
import { settleDisputes } from './settle-disputes.js';
import { sortRows } from './sort-rows.js';
import type { SweepState } from './sweep-state.js';
import { holdNotPlanned, tellNotDone, tellNotWanted, tellPassedOver } from './tell-plan.js';

/** What is applied, after which sweep. */
export interface Applying {
  readonly state: SweepState;
  readonly end: SweepEnd;
  readonly plan: AppliedPreview;
  /** Saves the settings of the plan. Called once the sweep is verified, and before anything is taken away. */
  readonly save: () => Promise<void>;
}

export type PlanEnd =
  /** The sweep does not prove that anybody is gone: nothing is saved, and nothing taken away. */
  | { readonly kind: 'refused'; readonly held: HeldEnd }
  | {
      readonly kind: 'applied';
      readonly removals: AppliedPlan['removals'];
      /** What waits for a decision. */
      readonly waiting: HeldEnd | undefined;
    };

/**
 * Carries out the removals of a preview. Their number was looked at, so the limits of the guard do not stop them; what
 * it says of the sweep does, and a look-up confirms each. What the preview did not show waits.
 */
export async function applyPlan(applying: Applying, dependencies: RemovalDependencies): Promise<PlanEnd> {
  const { state, plan, save } = applying;
  const { run, changes } = dependencies;
  const refusal = await collectAll(applying, dependencies);
  if (refusal) return refuse(refusal, state, dependencies);
  const sorted = await sortRows(plan.rows, dependencies);
  const contradiction = await findContradiction(state, dependencies);
  if (contradiction) return refuse(contradiction, state, dependencies);
  run.assertGoingOn();
  await save();
  await carryOutPlan(plan.rows, dependencies);
  await confirmLinks(state.unconfirmed, dependencies);
  await run.markProven();
  const undone = await findUndone(plan, changes);
  tellNotWanted(undone, run.tally);
  tellNotDone(undone, run.tally);
  tellPassedOver(sorted, run.tally);
  return {
    kind: 'applied',
    waiting: holdNotPlanned(sorted, state, run.tally),
    removals: {
      planned: undone.planned.rowsByKind(),
      notWanted: undone.notWanted.rowsByKind(),
      notDone: undone.notDone.rowsByKind(),
      notPlanned: sorted.notPlanned.rowsByKind(),
      passedOver: sorted.passedOver.rowsByKind(),
    },
  };
}

/** Brings the list of the sweep to its end; says why the sweep proves nothing. */
async function collectAll(
  { state, end }: Applying,
  dependencies: RemovalDependencies,
): Promise<GuardRefusal | undefined> {
  await dependencies.changes.flush();
  const isVerified = await isDirectoryVerified(state, dependencies);
  const sweep = checkSweep({ ...state, end, isVerified });
  await settleDisputes(state, { isProven: sweep.allowed }, dependencies);
  await checkFormerIds(state, dependencies);
  if (!sweep.allowed) return sweep.sweep === 'unverified' ? { ...sweep, remedy: UNVERIFIED_REMEDY } : sweep;
  await checkAlike(state, dependencies);
  await collectWhoIsMissing(state, dependencies);
  return undefined;
}

function refuse(refusal: GuardRefusal, state: SweepState, { run }: RemovalDependencies): PlanEnd {
  return { kind: 'refused', held: hold(refusal, { state, approvable: false, tally: run.tally }) };
}

const UNVERIFIED_REMEDY =
  'Check LDAP_Host, LDAP_BaseDN, LDAP_User_Search_Filter and LDAP_Unique_Identifier_Field of the preview. If they are ' +
  'right, save them (ldap.settings), run a sync (ldap.syncNow), and approve its list (ldap.approveRun).';

async function carryOutPlan(plan: PlannedRows, dependencies: RemovalDependencies): Promise<void> {
  const isMeant = (row: Parameters<typeof toRowKey>[0]): boolean =>
    plan.get(toRowKey(row))?.what === 'planned';
  await carryOut(dependencies, { isDecided: false, isMeant });
}
