import type { SweepEnd } from '../directory/directory.js';
import type { SyncPolicy } from '../settings/sync-settings.js';
import type { ActiveRun } from './active-run.js';
import { applyRenames } from './apply-renames.js';
import { deactivateDisabled, deactivateMissing } from './deactivate.js';
import { findMissing, NOBODY_MISSING } from './find-missing.js';
import { checkAmount, checkSweep, type GuardVerdict } from './guard.js';
import type { Outcome } from './report.js';
import type { PendingClearing, SweepState } from './sweep-state.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import { findWhereabouts } from './whereabouts.js';

/**
 * What takes something away: switching off and renaming. Meets the guard once the sweep has ended, and happens wholly or
 * not at all. Returns false when removals were wanted and are held.
 */
export async function applyRemovals(state: SweepState, end: SweepEnd, dependencies: RemovalDependencies): Promise<boolean> {
  const { run, policy } = dependencies;
  const sweep = checkSweep({ ...state, end });
  if (!sweep.allowed) {
    if (!isWanting(state, policy)) return true;
    if (end.complete && state.read > 0) hold(sweep, run);
    else run.tally.problem(NOT_WHOLLY_READ);
    return false;
  }

  const mayMiss = policy.syncUsers && policy.disableMissing && state.activeLinkedSeen !== state.linkedBefore;
  const missing = mayMiss ? await findMissing(state, dependencies.users) : NOBODY_MISSING;
  if (missing.uncomparable > 0) reportUncomparable(missing.uncomparable, run);
  const amount = checkAmount({
    linked: state.linkedBefore,
    deactivations: missing.total + state.deactivations.length,
    renames: state.renames.length,
    clearings: state.clearings.length,
  });
  if (!amount.allowed) {
    hold(amount, run);
    return false;
  }
  const whereabouts = await findWhereabouts(missing.listed, dependencies.directory, dependencies.search, run.signal);
  const recounted = new Map(await applyRenames(state.renames, dependencies));
  await applyClearings(state.clearings, recounted, dependencies);
  for (const candidate of state.deactivations) {
    await deactivateDisabled({ ...candidate, outcome: recounted.get(candidate.userId) ?? candidate.outcome }, dependencies);
  }
  for (const candidate of missing.listed) await deactivateMissing(candidate, whereabouts.get(candidate.ldapId), dependencies);
  return true;
}

async function applyClearings(
  clearings: readonly PendingClearing[],
  recounted: Map<string, Outcome>,
  { users, run, now }: RemovalDependencies,
): Promise<void> {
  for (const { userId, fields, outcome } of clearings) {
    run.assertGoingOn();
    run.assertMayWrite();
    await users.clear(userId, fields, now());
    if ((recounted.get(userId) ?? outcome) !== 'unchanged') continue;
    run.tally.recount('unchanged', 'updated');
    recounted.set(userId, 'updated');
  }
}

function reportUncomparable(users: number, { tally }: ActiveRun): void {
  tally.problem({
    message: `${users} linked users are known by a unique id attribute that not every entry has; whoever of them was not seen was left on.`,
    remedy: 'Let every entry have the attribute they are linked by (services.ldap.idAttribute), let the service account read it, and put it first into LDAP_Unique_Identifier_Field.',
    setting: 'LDAP_Unique_Identifier_Field',
  });
}

const NOT_WHOLLY_READ = {
  message: 'Nobody was deactivated, renamed or stripped of anything, because the directory was not wholly read.',
  remedy: 'Mend what is named above, then run the sync again.',
};

function isWanting({ deactivations, renames, clearings }: SweepState, policy: SyncPolicy): boolean {
  return deactivations.length > 0 || renames.length > 0 || clearings.length > 0 || (policy.syncUsers && policy.disableMissing);
}

function hold(verdict: GuardVerdict & { allowed: false }, { tally }: ActiveRun): void {
  tally.problem({ message: `Nobody was deactivated, renamed or stripped of anything: ${verdict.reason}`, remedy: verdict.remedy });
}
