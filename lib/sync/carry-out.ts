import type { ChangeChunk } from './change-log.js';
import type { RemovalRow } from './change-row.js';
import { confirmRemovals, type Confirmation } from './confirm-removals.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import { createRemovalSettlement, type RemovalSettlement } from './settle-removal.js';

/** A row, and the chunk it is kept in. */
export interface Slot {
  readonly chunk: MutableChunk;
  readonly index: number;
}

export interface MutableChunk {
  readonly id: string;
  readonly rows: RemovalRow[];
}

/** So many are looked up, marked and written before the next are. */
const BATCH = 50;

/**
 * Does the removals that were collected: each is confirmed by a direct look-up first, and written down with what became of
 * it. Renamings come first, since a name that one sets free may be waited for by another.
 */
export async function carryOut(dependencies: RemovalDependencies): Promise<void> {
  const { changes, run } = dependencies;
  const settlement = createRemovalSettlement(run.tally, { countsSkipped: run.kind === 'approval' });
  await carryOutRenames(dependencies, settlement);
  for await (const stored of changes.removals()) {
    const chunk = toMutable(stored);
    for (const kind of ['clear', 'deactivate'] as const) await carryOutKind(chunk, kind, dependencies, settlement);
  }
}

/** Whoever waits for a name that another renaming sets free comes after it; two who swap names are reported. */
async function carryOutRenames(dependencies: RemovalDependencies, settlement: RemovalSettlement): Promise<void> {
  const { changes, users, avatars, run, now } = dependencies;
  const chunks: MutableChunk[] = [];
  for await (const chunk of changes.removals()) if (chunk.rows.some(({ kind }) => kind === 'rename')) chunks.push(toMutable(chunk));
  let waiting: Slot[] = [];
  for (const chunk of chunks) waiting.push(...(await confirmKind(chunk, 'rename', dependencies, settlement)));
  while (waiting.length > 0) {
    const stillWaiting: Slot[] = [];
    for (const batch of toBatches(waiting)) {
      await whileClaimed(batch, dependencies, async (slot) => {
        const row = rowOf(slot);
        const { from, to } = toRenaming(row);
        const result = await users.rename(row.userId, from, to, now());
        if (result === 'duplicate') stillWaiting.push(slot);
        else if (result === 'changed') put(slot, settlement.skipped(row, CHANGED));
        else {
          await run.verifyLease();
          await avatars.rename(row.userId, to);
          await users.finishRename(row.userId);
          put(slot, settlement.done(row));
        }
      });
    }
    if (stillWaiting.length === waiting.length) {
      for (const slot of stillWaiting) put(slot, settlement.conflicted(rowOf(slot), toTaken(rowOf(slot))));
      break;
    }
    waiting = stillWaiting;
  }
  for (const { id, rows } of chunks) await changes.correct(id, rows);
}

async function carryOutKind(chunk: MutableChunk, kind: 'clear' | 'deactivate', dependencies: RemovalDependencies, settlement: RemovalSettlement): Promise<void> {
  if (!chunk.rows.some((row) => row.kind === kind)) return;
  const { users, changes, now } = dependencies;
  const reasons = new Map<RemovalRow, Confirmation & { confirmed: true }>();
  const slots = await confirmKind(chunk, kind, dependencies, settlement, reasons);
  for (const batch of toBatches(slots)) {
    await whileClaimed(batch, dependencies, async (slot) => {
      const row = rowOf(slot);
      if (kind === 'clear') {
        const result = await users.clear(row.userId, row.fields, now());
        put(slot, result === 'done' ? settlement.done(row) : settlement.skipped(row, CHANGED));
      } else put(slot, await switchOff(row, reasons.get(row), dependencies, settlement));
    });
    // What has happened is written down before more happens.
    await changes.correct(chunk.id, chunk.rows);
  }
  await changes.correct(chunk.id, chunk.rows);
}

async function switchOff(
  row: RemovalRow,
  confirmation: (Confirmation & { confirmed: true }) | undefined,
  { users, run, now }: RemovalDependencies,
  settlement: RemovalSettlement,
): Promise<RemovalRow> {
  const { userId, ldapId, because = 'missing-from-directory' } = row;
  const result = await users.deactivate({ userId, ldapId, because }, run.id, now());
  if (result === 'changed') return settlement.skipped(row, CHANGED);
  const gone = confirmation?.reason ?? 'is gone';
  const dn = confirmation?.dn;
  if (result === 'last-admin') {
    return settlement.skipped(row, {
      dn,
      reason: `The person ${gone} but is the last active administrator, so the user stays on.`,
      remedy: 'Make somebody else an administrator, then run the sync again.',
    });
  }
  return settlement.done(row, {
    dn,
    reason: `The person ${gone}; the user was switched off and signed out.`,
    remedy: 'Nothing, if this is meant; else put the person back into the directory and switch the user on, or revert this run (ldap.revertRun).',
  });
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
  const waiting = chunk.rows.map((_, index) => ({ chunk, index })).filter((slot) => rowOf(slot).kind === kind && rowOf(slot).state === 'waiting');
  const confirmations = await confirmRemovals(waiting.map(rowOf), { directory, users, settings, signal: run.signal });
  return waiting.filter((slot) => {
    const row = rowOf(slot);
    const confirmation = confirmations.get(row);
    if (confirmation?.confirmed) reasons.set(row, confirmation);
    else put(slot, settlement.skipped(row, { reason: confirmation?.reason ?? CHANGED.reason, remedy: LOOK_AGAIN }));
    return confirmation?.confirmed === true;
  });
}

/** Does something to users that this run has marked as its own. */
export async function whileClaimed<T extends Slot>(
  batch: readonly T[],
  { users, run }: Pick<RemovalDependencies, 'users' | 'run'>,
  write: (slot: T) => Promise<void>,
): Promise<void> {
  const userIds = batch.map((slot) => rowOf(slot).userId);
  await users.claim(userIds);
  try {
    for (const slot of batch) {
      run.assertGoingOn();
      run.assertMayWrite();
      await write(slot);
    }
  } finally {
    // Marks that stay, as when the database is gone, harm nobody; the first failure is the one to tell.
    await users.unclaim(userIds).catch(() => undefined);
  }
}

const LOOK_AGAIN = 'Nothing; if this returns with every run, ask the directory administrator why a search leaves this entry out.';
const CHANGED = { reason: 'The user was changed in the meantime.', remedy: 'Run the sync again.' };

function toTaken(row: RemovalRow): { reason: string; remedy: string } {
  return { reason: `The directory now says ${toRenaming(row).to}, but that user name belongs to another account.`, remedy: 'Rename one of the two.' };
}

/** The first field of a renaming is the user name. */
export function toRenaming({ fields }: RemovalRow): { readonly from: string | undefined; readonly to: string } {
  const [username] = fields;
  return { from: typeof username?.from === 'string' ? username.from : undefined, to: typeof username?.to === 'string' ? username.to : '' };
}

function toMutable({ id, rows }: ChangeChunk<RemovalRow>): MutableChunk {
  return { id, rows: [...rows] };
}

function rowOf({ chunk, index }: Slot): RemovalRow {
  return chunk.rows[index] as RemovalRow;
}

function put({ chunk, index }: Slot, row: RemovalRow): void {
  chunk.rows[index] = row;
}

function toBatches<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / BATCH) }, (_, index) => items.slice(index * BATCH, (index + 1) * BATCH));
}
