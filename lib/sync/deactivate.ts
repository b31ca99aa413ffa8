import type { ActiveRun } from './active-run.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import type { AttentionRow } from './report.js';
import type { PendingDeactivation } from './sweep-state.js';
import type { DeactivationCandidate } from './user-store.js';
import type { Whereabouts } from './whereabouts.js';

type Deactivation = DeactivationCandidate & Partial<Pick<PendingDeactivation, 'dn' | 'outcome'>>;

/** Switches somebody off whom the directory shows as disabled. */
export function deactivateDisabled(candidate: PendingDeactivation, dependencies: RemovalDependencies): Promise<void> {
  return deactivate(candidate, 'is disabled in the directory', dependencies);
}

/** Switches somebody off whom the sweep did not see, and a direct look-up did not find among those who are to be synced. */
export async function deactivateMissing(
  candidate: DeactivationCandidate,
  where: Whereabouts | undefined,
  dependencies: RemovalDependencies,
): Promise<void> {
  if (where === undefined || where.kind === 'present') reportPresent(candidate, dependencies.run);
  else await deactivate(candidate, describeAbsence(where), dependencies);
}

async function deactivate(candidate: Deactivation, gone: string, { users, run, now }: RemovalDependencies): Promise<void> {
  run.assertGoingOn();
  run.assertMayWrite();
  const result = await users.deactivate(candidate, run.id, now());
  if (result === 'changed') return;
  if (result === 'last-admin') {
    run.tally.attention({
      outcome: candidate.outcome ?? 'unchanged',
      ...whoIs(candidate),
      reason: `The person ${gone} but is the last active administrator, so the user stays on.`,
      remedy: 'Make somebody else an administrator, then run the sync again.',
    });
    return;
  }
  if (candidate.outcome) run.tally.recount(candidate.outcome, 'deactivated');
  else run.tally.count('deactivated');
  run.tally.attention({
    outcome: 'deactivated',
    ...whoIs(candidate),
    reason: `The person ${gone}; the user was switched off and signed out.`,
    remedy: 'Nothing, if this is meant; else put the person back into the directory and switch the user on.',
  });
}

function whoIs({ userId, username, name, dn }: Deactivation): Pick<AttentionRow, 'userId' | 'username' | 'name' | 'dn'> {
  return { userId, ...(username && { username }), ...(name && { name }), ...(dn && { dn }) };
}

function describeAbsence(where: Exclude<Whereabouts, { kind: 'present' }>): string {
  switch (where.kind) {
    case 'outside-filter':
      return `is no longer among those LDAP_User_Search_Filter asks for (the entry is ${where.dn})`;
    case 'outside-base':
      return `has left LDAP_BaseDN (the entry is now ${where.dn})`;
    case 'gone':
      return 'is no longer in the directory';
  }
}

function reportPresent(candidate: DeactivationCandidate, { tally }: ActiveRun): void {
  tally.attention({
    outcome: 'unchanged',
    ...whoIs(candidate),
    reason: 'The sweep did not show this person, but a direct look-up did; the user stays on.',
    remedy: 'Run the sync again; if this returns, ask the directory administrator why a search leaves this entry out.',
  });
}
