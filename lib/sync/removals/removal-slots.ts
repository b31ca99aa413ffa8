import { toBatches } from '../../batches.js';
import type { ChangeChunk, ChangeLog } from '../history/change-log.js';
import type { RemovalRow } from '../../../models/change-row.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import type { RemovalResult, Renaming } from '../users/user-store.js';

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

/** This many users are marked and written together, before the next ones are marked. */
const BATCH = 50;

/** What doing removals needs, and taking them back. */
export type SlotDependencies = Pick<RemovalDependencies, 'users' | 'run' | 'changes'>;

/** How one row is done, and how its result is settled. */
export interface Turn {
  attempt(row: RemovalRow): Promise<RemovalResult>;
  settle(row: RemovalRow, result: RemovalResult): RemovalRow;
}

/**
 * Does each of these rows, in their order and in batches. Writes down what happened in a batch before the
 * next batch begins. A row that waits for a name or an address that another row sets free (`duplicate`) has
 * another turn, as long as each round settles at least one row. Returns the slots of the rows that still
 * wait.
 */
export async function takeTurns(
  slots: readonly Slot[],
  dependencies: SlotDependencies,
  turn: Turn,
): Promise<readonly Slot[]> {
  let waiting = slots;
  for (let before = Infinity; waiting.length > 0 && waiting.length < before;) {
    before = waiting.length;
    const stillWaiting: Slot[] = [];
    for (const batch of toBatches(waiting, BATCH))
      stillWaiting.push(...(await takeBatch(batch, dependencies, turn)));
    waiting = stillWaiting;
  }
  return waiting;
}

/**
 * Writes to users whom this run has marked as its own. Writes down what has happened even when a write fails.
 * Returns the slots of the rows that have to wait.
 */
async function takeBatch(
  batch: readonly Slot[],
  { users, run, changes }: SlotDependencies,
  { attempt, settle }: Turn,
): Promise<readonly Slot[]> {
  const userIds = batch.map((slot) => rowOf(slot).userId);
  const waiting: Slot[] = [];
  /** Rows whose attempt has begun and not ended. Only the user's mark says how far such an attempt came. */
  const underWay = new Set<RemovalRow>();
  const failures: unknown[] = [];
  const failed = (error: unknown): false => {
    failures.push(error);
    return false;
  };
  await work().catch(failed);
  const isWrittenDown = await correctChunks(batch, changes).then(() => true, failed);
  // Marks that stay, for example because the database is gone, do no harm.
  const isUnmarked = await users.unclaim(userIds, isWrittenDown && underWay.size === 0).then(
    () => true,
    () => false,
  );
  if (!isWrittenDown || underWay.size > 0 || !isUnmarked) run.leaveUnsettled();
  if (failures.length > 0) throw failures[0];
  return waiting;

  async function work(): Promise<void> {
    const refused = await users.claim(userIds);
    for (const slot of batch) {
      run.assertGoingOn();
      const row = rowOf(slot);
      underWay.add(row);
      const result = refused.has(row.userId) ? 'refused' : await attempt(row);
      underWay.delete(row);
      if (result === 'duplicate') waiting.push(slot);
      else put(slot, settle(row, result));
    }
  }
}

/** Stores the present rows of every chunk that these slots are in. */
export async function correctChunks(
  slots: readonly Slot[],
  changes: Pick<ChangeLog, 'correct'>,
): Promise<void> {
  for (const { id, rows } of new Set(slots.map(({ chunk }) => chunk))) await changes.correct(id, rows);
}

/**
 * Renames the user of a row, and the user's avatar too. A renaming that has begun is finished even when
 * somebody cancels the run.
 */
export async function renameUser(
  row: RemovalRow,
  { users, avatars, run, now }: Pick<RemovalDependencies, 'users' | 'avatars' | 'run' | 'now'>,
): Promise<RemovalResult> {
  const renaming = toRenaming(row);
  const result = await users.rename(row.userId, renaming, now());
  if (result !== 'done') return result;
  await avatars.rename(row.userId, renaming.to, run.mayWrite);
  await users.finishRename(row.userId);
  return 'done';
}

/** The first field of a renaming is the user name. */
export function toRenaming({ fields }: RemovalRow): Renaming {
  const [username] = fields;
  return {
    from: typeof username?.from === 'string' ? username.from : undefined,
    to: typeof username?.to === 'string' ? username.to : '',
  };
}
