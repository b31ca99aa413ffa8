import type { RemovalRow } from '../../../models/change-row.js';
import type { Advice } from '../../advice.js';
import { showInvisible } from '../../invisible-characters.js';
import { commitOne } from '../run/commit-units.js';
import { KINDS } from './kinds/removal-kinds.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import { findOwners, toExchange } from './row-exchange.js';
import { createRemovalSettlement } from './settle-removal.js';

type Dependencies = Pick<RemovalDependencies, 'users' | 'changes' | 'run'>;

/**
 * Ends the rows that want a user name or an address of another account as conflicts. Only a sync of everybody knows
 * whether that account gives it up, and writes both together.
 */
export async function skipTaken({ users, changes, run }: Dependencies): Promise<void> {
  const settlement = createRemovalSettlement({ countsSkipped: false });
  for await (const { id: chunkId, rows } of changes.removals()) {
    const taken = await findTaken(rows, users);
    if (taken.length === 0) continue;
    const draft = await commitOne(run, async ({ tx, tally }) => {
      const settling = settlement.begin();
      const placed = taken.map(({ index, row, account }) => ({
        chunkId,
        index,
        row: settling.settle(row, { state: 'conflicted', account }, tally),
      }));
      await changes.replace(placed, tx);
      return settling;
    });
    draft.keep();
  }
}

interface Taken {
  readonly index: number;
  readonly row: RemovalRow;
  readonly account: Advice;
}

async function findTaken(
  rows: readonly RemovalRow[],
  users: Dependencies['users'],
): Promise<readonly Taken[]> {
  const taken: Taken[] = [];
  for (const [index, row] of rows.entries()) {
    const { exchange } = KINDS[row.kind];
    if (!exchange || row.state !== 'waiting') continue;
    const { owners } = toExchange(row, exchange, await findOwners([row], exchange, { users }));
    if (owners.length > 0) taken.push({ index, row, account: toTaken(exchange.wants(row)) });
  }
  return taken;
}

function toTaken(wanted: readonly string[]): Advice {
  const names = showInvisible(wanted.join(', '));
  return {
    code: 'taken-by-another',
    params: { names },
    reason:
      `Another account has what the directory now says (${names}), and the sync of one person takes nothing ` +
      'from anybody else.',
    remedy:
      'Sync everybody if that account is to have another one by the directory, too: both are then written together. ' +
      'Else change it for one of the two.',
  };
}
