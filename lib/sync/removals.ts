import type { SweepEnd } from '../directory/directory.js';
import type { SyncPolicy } from '../settings/sync-settings.js';
import type { ActiveRun } from './active-run.js';
import type { AvatarStore } from './avatar-store.js';
import { checkAmount, checkSweep, toRemovalLimit, type GuardVerdict } from './guard.js';
import type { PendingDeactivation, PendingRename, SweepState } from './sweep-state.js';
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
  const missing = mayMiss ? await findMissing(state, dependencies) : NOBODY_MISSING;
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

interface Missing {
  /** At most one more than the guard lets pass, so that a vanished directory costs no memory. */
  readonly listed: readonly DeactivationCandidate[];
  readonly total: number;
  /** Linked by an attribute that no entry of this sweep had. */
  readonly uncomparable: number;
}

const NOBODY_MISSING: Missing = { listed: [], total: 0, uncomparable: 0 };

async function findMissing(state: SweepState, { users }: RemovalDependencies): Promise<Missing> {
  const listed: DeactivationCandidate[] = [];
  let scanned = 0;
  let total = 0;
  let uncomparable = 0;
  for await (const user of users.activeLinked()) {
    scanned += 1;
    const { id = '', idAttribute = '' } = user.services?.ldap ?? {};
    if (state.seen.has(id)) continue;
    if (!state.idAttributes.has(idAttribute.toLowerCase())) {
      uncomparable += 1;
      continue;
    }
    total += 1;
    if (listed.length > toRemovalLimit(scanned)) continue;
    listed.push({
      userId: user._id,
      ldapId: id,
      username: user.username,
      name: user.name,
      isAdmin: user.roles?.includes('admin') === true,
      because: 'missing-from-directory',
    });
  }
  return { listed, total, uncomparable };
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

/** Names may move in a circle's order: whoever waits for a name that another renaming sets free comes after it. */
async function applyRenames(renames: readonly PendingRename[], { users, avatars, run, now }: RemovalDependencies): Promise<void> {
  let waiting = renames;
  while (waiting.length > 0) {
    const stillWaiting: PendingRename[] = [];
    for (const rename of waiting) {
      run.assertGoingOn();
      run.assertMayWrite();
      const result = await users.rename(rename.userId, rename.from, rename.to, now());
      if (result === 'duplicate') stillWaiting.push(rename);
      if (result !== 'done') continue;
      await avatars.rename(rename.userId, rename.to);
      if (rename.outcome === 'unchanged') run.tally.recount('unchanged', 'updated');
    }
    if (stillWaiting.length === waiting.length) return reportTaken(stillWaiting, run);
    waiting = stillWaiting;
  }
}

function reportTaken(renames: readonly PendingRename[], { tally }: ActiveRun): void {
  for (const { userId, person, from, to, outcome } of renames) {
    tally.recount(outcome, 'conflicted');
    tally.attention({
      outcome: 'conflicted',
      userId,
      dn: person.dn,
      ...(from !== undefined && { username: from }),
      ...(person.name !== undefined && { name: person.name }),
      reason: `The directory now says ${to}, but that user name belongs to another account.`,
      remedy: 'Rename one of the two.',
    });
  }
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
