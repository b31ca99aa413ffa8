import type { ActiveRun } from './active-run.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import type { PendingRename } from './sweep-state.js';

/** Names may move in a circle's order: whoever waits for a name that another renaming sets free comes after it. */
export async function applyRenames(renames: readonly PendingRename[], { users, avatars, run, now }: RemovalDependencies): Promise<void> {
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
