import type { SweepEnd } from '../directory/directory.js';
import type { SyncPolicy } from '../settings/sync-settings.js';
import type { ActiveRun } from './active-run.js';
import type { AvatarStore } from './avatar-store.js';
import { applyRenames } from './apply-renames.js';
import { findMissing, NOBODY_MISSING } from './find-missing.js';
import { checkAmount, checkSweep, type GuardVerdict } from './guard.js';
import type { PendingDeactivation, SweepState } from './sweep-state.js';
import type { DeactivationCandidate, UserStore } from './user-store.js';

export interface RemovalDependencies {
  readonly users: UserStore;
  readonly avatars: AvatarStore;
  readonly run: ActiveRun;
  readonly policy: SyncPolicy;
  readonly now: () => Date;
}

type Deactivation = DeactivationCandidate & Partial<Pick<PendingDeactivation, 'dn' | 'outcome'>>;

/**
 * What takes something away: switching off and renaming. Meets the guard once the sweep has ended, and happens wholly or
 * not at all. Returns false when removals were wanted and are held.
 */
export async function applyRemovals(state: SweepState, end: SweepEnd, dependencies: RemovalDependencies): Promise<boolean> {
  const { run, policy } = dependencies;
  const sweep = checkSweep({ ...state, end });
  if (!sweep.allowed) {
    const isWanted = isWanting(state, policy);
    if (isWanted && end.complete && state.read > 0) hold(sweep, run);
    if (isWanted && !(end.complete && state.read > 0)) run.tally.problem(NOT_WHOLLY_READ);
    return !isWanted;
  }

  const mayMiss = policy.syncUsers && policy.disableMissing && state.activeLinkedSeen !== state.linkedBefore;
  const missing = mayMiss ? await findMissing(state, dependencies.users) : NOBODY_MISSING;
  if (missing.uncomparable > 0) reportUncomparable(missing.uncomparable, run);
  const amount = checkAmount({
    linked: state.linkedBefore,
    deactivations: missing.total + state.deactivations.length,
    renames: state.renames.length,
  });
  if (!amount.allowed) {
    hold(amount, run);
    return false;
  }
  await applyRenames(state.renames, dependencies);
  for (const candidate of [...state.deactivations, ...missing.listed]) await deactivate(candidate, dependencies);
  return true;
}

async function deactivate(candidate: Deactivation, { users, run, now }: RemovalDependencies): Promise<void> {
  run.assertGoingOn();
  run.assertMayWrite();
  const result = await users.deactivate(candidate, run.id, now());
  const { userId, username, name, dn } = candidate;
  const who = { userId, ...(username && { username }), ...(name && { name }), ...(dn && { dn }) };
  if (result === 'changed') return;
  const gone = candidate.because === 'missing-from-directory' ? 'is no longer in the directory' : 'is disabled in the directory';
  if (result === 'last-admin') {
    run.tally.attention({
      outcome: candidate.outcome ?? 'unchanged',
      ...who,
      reason: `The person ${gone} but is the last active administrator, so the user stays on.`,
      remedy: 'Make somebody else an administrator, then run the sync again.',
    });
    return;
  }
  if (candidate.outcome) run.tally.recount(candidate.outcome, 'deactivated');
  else run.tally.count('deactivated');
  run.tally.attention({
    outcome: 'deactivated',
    ...who,
    reason: `The person ${gone}; the user was switched off and signed out.`,
    remedy: 'Nothing, if this is meant; else put the person back into the directory and switch the user on.',
  });
}

function reportUncomparable(users: number, { tally }: ActiveRun): void {
  tally.problem({
    message: `${users} linked users are known by a unique id attribute that no entry has any more; they were left as they are.`,
    remedy: 'Put the attribute they were linked by first into LDAP_Unique_Identifier_Field, or unlink them.',
    setting: 'LDAP_Unique_Identifier_Field',
  });
}

const NOT_WHOLLY_READ = {
  message: 'Nobody was deactivated or renamed, because the directory was not wholly read.',
  remedy: 'Mend what is named above, then run the sync again.',
};

function isWanting({ deactivations, renames }: SweepState, policy: SyncPolicy): boolean {
  return deactivations.length > 0 || renames.length > 0 || (policy.syncUsers && policy.disableMissing);
}

function hold(verdict: GuardVerdict & { allowed: false }, { tally }: ActiveRun): void {
  tally.problem({ message: `Nobody was deactivated or renamed: ${verdict.reason}`, remedy: verdict.remedy });
}
