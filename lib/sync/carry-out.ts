import type { RemovalRow } from './change-row.js';
import { confirmRemovals, type Confirmation } from './confirm-removals.js';
import { toNewAddresses } from './field-exchange.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import { put, renameUser, rowOf, takeTurns, toMutable, toRenaming, toSlots, type MutableChunk, type Slot } from './removal-slots.js';
import { createRemovalSettlement, type RemovalSettlement } from './settle-removal.js';
import type { RemovalResult } from './user-store.js';

/**
 * Does the removals that were collected: each is confirmed by a direct look-up first, and written down with what became of
 * it. Those who get something else instead come first, since whom they leave it to may wait for it.
 */
export async function carryOut(dependencies: RemovalDependencies): Promise<void> {
  const { changes, run } = dependencies;
  // Only of a run that came here may somebody who has lost what it wanted to take have lost it to this run.
  await run.markRemoving();
  const settlement = createRemovalSettlement(run.tally, { countsSkipped: run.kind === 'approval' });
  await carryOutExchanges('rename', dependencies, settlement);
  await carryOutExchanges('clear', dependencies, settlement);
  for await (const stored of changes.removals()) await carryOutDeactivations(toMutable(stored), dependencies, settlement);
}

/** Two who swap names or addresses are reported. */
async function carryOutExchanges(kind: 'rename' | 'clear', dependencies: RemovalDependencies, settlement: RemovalSettlement): Promise<void> {
  const { changes, users, now } = dependencies;
  const chunks: MutableChunk[] = [];
  for await (const chunk of changes.removals()) if (chunk.rows.some((row) => row.kind === kind)) chunks.push(toMutable(chunk));
  const slots: Slot[] = [];
  for (const chunk of chunks) slots.push(...(await confirmKind(chunk, kind, dependencies, settlement)));
  const stuck = await takeTurns(slots, dependencies, async (slot) => {
    const row = rowOf(slot);
    const result = kind === 'rename' ? await renameUser(row, dependencies) : await users.exchange(row.userId, row.fields, now());
    if (result !== 'duplicate') put(slot, settle(row, result, settlement));
    return result;
  });
  for (const slot of stuck) put(slot, settlement.conflicted(rowOf(slot), toTaken(rowOf(slot))));
  for (const { id, rows } of chunks) await changes.correct(id, rows);
}

async function carryOutDeactivations(chunk: MutableChunk, dependencies: RemovalDependencies, settlement: RemovalSettlement): Promise<void> {
  if (!chunk.rows.some(({ kind }) => kind === 'deactivate')) return;
  const { changes, users, run, now } = dependencies;
  const reasons = new Map<RemovalRow, Confirmation & { confirmed: true }>();
  const slots = await confirmKind(chunk, 'deactivate', dependencies, settlement, reasons);
  // Those who stay.
  if (slots.length === 0) await changes.correct(chunk.id, chunk.rows);
  await takeTurns(slots, dependencies, async (slot) => {
    const row = rowOf(slot);
    const { userId, ldapId, because = 'missing-from-directory' } = row;
    const result = await users.deactivate({ userId, ldapId, because }, run.id, now());
    put(slot, settle(row, result, settlement, reasons.get(row)));
    return result;
  });
}

function settle(row: RemovalRow, result: RemovalResult, settlement: RemovalSettlement, confirmation?: Confirmation & { confirmed: true }): RemovalRow {
  const gone = confirmation?.reason ?? 'is gone';
  const dn = confirmation?.dn;
  switch (result) {
    case 'done':
      if (row.kind !== 'deactivate') return settlement.done(row);
      return settlement.done(row, {
        dn,
        reason: `The person ${gone}; the user was switched off and signed out.`,
        remedy: 'Nothing, if this is meant; else put the person back into the directory and switch the user on, or revert this run (ldap.revertRun).',
      });
    case 'last-admin':
      return settlement.skipped(row, {
        dn,
        reason: `The person ${gone} but is the last active administrator, so the user stays on.`,
        remedy: 'Make somebody else an administrator, then run the sync again.',
      });
    case 'refused':
      return settlement.failed(row, REFUSED);
    default:
      return settlement.skipped(row, CHANGED);
  }
}

/** The slots whose removal a look-up confirms; the others are settled as skipped. */
async function confirmKind(
  chunk: MutableChunk,
  kind: RemovalRow['kind'],
  { directory, users, settings, run }: RemovalDependencies,
  settlement: RemovalSettlement,
  reasons = new Map<RemovalRow, Confirmation & { confirmed: true }>(),
): Promise<Slot[]> {
  run.assertGoingOn();
  await run.verifyLease();
  const waiting = toSlots(chunk).filter((slot) => rowOf(slot).kind === kind && rowOf(slot).state === 'waiting');
  const confirmations = await confirmRemovals(waiting.map(rowOf), { directory, users, settings, signal: run.signal });
  return waiting.filter((slot) => {
    const row = rowOf(slot);
    const confirmation = confirmations.get(row);
    if (confirmation?.confirmed) reasons.set(row, confirmation);
    else put(slot, settlement.skipped(row, { reason: confirmation?.reason ?? CHANGED.reason, remedy: LOOK_AGAIN }));
    return confirmation?.confirmed === true;
  });
}

const LOOK_AGAIN = 'Nothing; if this returns with every run, ask the directory administrator why a search leaves this entry out.';
/** Of one user: the others are written all the same. */
export const REFUSED = { reason: 'The database refused to write this user.', remedy: 'Look at the validation rules of the users collection, and run the sync again.' };
const CHANGED = { reason: 'The user was changed in the meantime.', remedy: 'Run the sync again.' };

function toTaken(row: RemovalRow): { reason: string; remedy: string } {
  if (row.kind === 'clear') {
    return { reason: `Of the addresses ${toNewAddresses(row.fields).join(', ')} that the directory now says, one belongs to another account.`, remedy: 'Change the address of one of the two.' };
  }
  return { reason: `The directory now says ${toRenaming(row).to}, but that user name belongs to another account.`, remedy: 'Rename one of the two.' };
}
