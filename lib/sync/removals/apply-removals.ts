import type { SweepEnd } from '../../directory/directory.js';
import type { SyncPolicy } from '../../settings/sync-settings.js';
import {
  REMOVAL_COUNTS,
  REMOVAL_KINDS,
  sumOfRemovals,
  toRemovalCounts,
} from '../../../models/removal-kind.js';
import { confirmLinks } from '../users/remove-marks.js';
import { countBlocked, NOTHING_BLOCKED, type BlockedRemovals } from './blocked-removals.js';
import { carryOut } from './carry-out.js';
import { checkAlike } from './check-alike.js';
import { checkFormerIds } from './check-former-ids.js';
import { findContradiction } from './find-contradiction.js';
import { collectWhoIsMissing } from './find-missing.js';
import { managedFieldsOf } from '../plan/fields-of-run.js';
import { checkDepartures } from './check-departures.js';
import { checkAmount } from './check-amount.js';
import { checkRoleLosses } from './check-role-losses.js';
import { checkClearings, checkSweep, type GuardRefusal, type GuardVerdict } from './guard.js';
import { hold, holdForDecision, toHeld, toNotWhollyRead, type HeldEnd } from './hold-removals.js';
import { isDirectoryVerified } from './is-directory-verified.js';
import { KINDS } from './kinds/removal-kinds.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import { settleDisputes } from './settle-disputes.js';
import { relinkSurely } from './relink-surely.js';
import { createRemovalSettlement } from './settle-removal.js';
import type { SweepState } from './sweep-state.js';
import { switchOffShown } from './switch-off-shown.js';

/** How the removals of a sync ended. */
export type RemovalsEnd =
  /** `weighed` is false when the sweep or the settings left nothing to decide about. */
  { readonly kind: 'done'; readonly weighed: boolean } | HeldEnd;

const DONE: RemovalsEnd = { kind: 'done', weighed: true };
const NOT_WEIGHED: RemovalsEnd = { kind: 'done', weighed: false };

/** What the sweep found, and how it ended. */
interface Swept {
  readonly state: SweepState;
  readonly end: SweepEnd;
  /** The run whose held list nobody has approved or rejected yet. */
  readonly undecided: GuardRefusal | undefined;
}

/**
 * Applies the removals of a sync: switching off, renaming, clearing. The guard checks them once the sweep has
 * ended, and lets all of them happen or none.
 */
export async function applyRemovals(
  { state, end, undecided }: Swept,
  dependencies: RemovalDependencies,
): Promise<RemovalsEnd> {
  const { run, settings, changes } = dependencies;
  const { tally } = run;
  await changes.flush();
  const isVerified = await isDirectoryVerified(state, dependencies);
  const sweep = checkSweep({ ...state, end, isVerified });
  const settlement = createRemovalSettlement({ countsSkipped: false });
  await settleDisputes(state, { isProven: sweep.allowed }, dependencies);
  await checkFormerIds(state, dependencies);
  if (isVerified) await relinkSurely(state, { ...dependencies, settlement });
  if (!sweep.allowed && isVerified) await switchOffShown(state, undecided, { ...dependencies, settlement });
  if (!sweep.allowed && !isWanting(state, settings.policy)) {
    // An incomplete sweep does not say who is missing. But this one showed users who verify the directory, so
    // the links it saw can be confirmed.
    if (isVerified) await confirmLinks(state.unconfirmed, dependencies);
    return NOT_WEIGHED;
  }
  if (sweep.sweep === 'incomplete') {
    if (end.complete && state.read > 0) return hold(sweep, { state, approvable: false, tally });
    tally.problem(toNotWhollyRead(tally));
    return toHeld(sweep, state, false);
  }

  await checkAlike(state, dependencies);
  await collectWhoIsMissing(state, dependencies);
  // An approval of this run confirms the links that the runs in `doubted` have made.
  if (!sweep.allowed)
    return { ...hold(sweep, { state, approvable: true, tally }), doubted: [...state.doubted] };
  if (!isAnyWanted(state)) return confirmed();
  const verdict = await checkRemovals(state, dependencies);
  if (!verdict.allowed) return hold(verdict, { state, approvable: true, tally });
  if (undecided !== undefined) return hold(undecided, { state, approvable: true, tally });
  const contradiction = await findContradiction(state, dependencies);
  if (contradiction) {
    await switchOffShown(state, undecided, { ...dependencies, settlement });
    return hold(contradiction, { state, approvable: false, tally });
  }
  await carryOut(dependencies, { isDecided: false, settlement });
  return confirmed();

  /**
   * Confirms links only when the run is not held, because a held run may have linked as many strangers as it
   * missed known users.
   */
  async function confirmed(): Promise<RemovalsEnd> {
    await confirmLinks(state.unconfirmed, dependencies);
    await run.markProven();
    const needed = sumOfRemovals(state.needingDecision);
    if (needed > 0) return holdForDecision(needed, state, tally);
    return settings.policy.syncUsers && settings.policy.keepUpdated ? DONE : NOT_WEIGHED;
  }
}

/**
 * Removals that are blocked do not count: they come back as conflicts with every run, and must not hold back
 * what other users are to lose.
 */
async function checkRemovals(
  { linkedBefore, wanted, losing, filled, ...given }: SweepState,
  { settings: { guard, mapping }, changes, users }: RemovalDependencies,
): Promise<GuardVerdict> {
  const checkWithout = ({ counts, keeping }: BlockedRemovals): GuardVerdict => {
    const possible = toRemovalCounts((count) => wanted[count] - counts[count]);
    const amount = checkAmount({ linked: linkedBefore, ...possible }, guard);
    if (!amount.allowed) return amount;
    const departures = checkDepartures({ losing, filled, ...given });
    if (!departures.allowed) return departures;
    const lost = [...losing].map(([field, people]) => [field, people - (keeping.get(field) ?? 0)] as const);
    const clearings = checkClearings(new Map(lost), filled, managedFieldsOf(mapping).losable);
    return clearings.allowed ? checkRoleLosses(given) : clearings;
  };
  const verdict = checkWithout(NOTHING_BLOCKED);
  const isExchange = REMOVAL_KINDS.some((kind) => KINDS[kind].exchange && wanted[REMOVAL_COUNTS[kind]] > 0);
  return verdict.allowed || !isExchange ? verdict : checkWithout(await countBlocked({ changes, users }));
}

function isAnyWanted({ wanted }: SweepState): boolean {
  return sumOfRemovals(wanted) > 0;
}

function isWanting(state: SweepState, policy: SyncPolicy): boolean {
  return isAnyWanted(state) || (policy.syncUsers && policy.disableMissing);
}
