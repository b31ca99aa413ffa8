import type { ActiveRun } from './active-run.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import type { Outcome } from './report.js';
import type { PendingRename } from './sweep-state.js';

/**
 * Whoever waits for a name that another renaming sets free comes after it; two who swap names are reported. Returns what
 * people count as now.
 */
export async function applyRenames(renames: readonly PendingRename[], { users, avatars, run, now }: RemovalDependencies): Promise<ReadonlyMap<string, Outcome>> {
  const recounted = new Map<string, Outcome>();
  const recount = ({ userId, outcome }: PendingRename, to: Outcome): void => {
    run.tally.recount(outcome, to);
    recounted.set(userId, to);
  };
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
      await users.finishRename(rename.userId);
      if (rename.outcome === 'unchanged') recount(rename, 'updated');
    }
    if (stillWaiting.length === waiting.length) {
      for (const rename of stillWaiting) recount(rename, 'conflicted');
      reportTaken(stillWaiting, run);
      break;
    }
    waiting = stillWaiting;
  }
  return recounted;
}

function reportTaken(renames: readonly PendingRename[], { tally }: ActiveRun): void {
  for (const { userId, person, from, to } of renames) {
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
