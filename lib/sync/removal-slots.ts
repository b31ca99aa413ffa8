import type { ChangeChunk } from './change-log.js';
import type { RemovalRow } from './change-row.js';
import type { RemovalDependencies } from './removal-dependencies.js';

/** A row, and the chunk it is kept in. */
export interface Slot {
  readonly chunk: MutableChunk;
  readonly index: number;
}

/** A stored chunk whose rows are being settled. */
export interface MutableChunk {
  readonly id: string;
  readonly rows: RemovalRow[];
}

export function toMutable({ id, rows }: ChangeChunk<RemovalRow>): MutableChunk {
  return { id, rows: [...rows] };
}

export function toSlots(chunk: MutableChunk): Slot[] {
  return chunk.rows.map((_, index) => ({ chunk, index }));
}

export function rowOf({ chunk, index }: Slot): RemovalRow {
  return chunk.rows[index] as RemovalRow;
}

export function put({ chunk, index }: Slot, row: RemovalRow): void {
  chunk.rows[index] = row;
}

/** Does something to users that this run has marked as its own. */
export async function whileClaimed(
  batch: readonly Slot[],
  { users, run }: Pick<RemovalDependencies, 'users' | 'run'>,
  write: (slot: Slot) => Promise<void>,
): Promise<void> {
  const userIds = batch.map((slot) => rowOf(slot).userId);
  await users.claim(userIds);
  try {
    for (const slot of batch) {
      run.assertGoingOn();
      await write(slot);
    }
  } finally {
    // Marks that stay, as when the database is gone, harm nobody; the first failure is the one to tell.
    await users.unclaim(userIds).catch(() => undefined);
  }
}

/** Gives a user of whom a row says so another name, and the avatar with it. */
export async function renameUser(
  row: RemovalRow,
  { users, avatars, run, now }: Pick<RemovalDependencies, 'users' | 'avatars' | 'run' | 'now'>,
): Promise<'done' | 'changed' | 'duplicate'> {
  const { from, to } = toRenaming(row);
  const result = await users.rename(row.userId, from, to, now());
  if (result !== 'done') return result;
  await avatars.rename(row.userId, to, run.verifyLease);
  await users.finishRename(row.userId);
  return 'done';
}

/** The first field of a renaming is the user name. */
export function toRenaming({ fields }: RemovalRow): { readonly from: string | undefined; readonly to: string } {
  const [username] = fields;
  return { from: typeof username?.from === 'string' ? username.from : undefined, to: typeof username?.to === 'string' ? username.to : '' };
}
