import { setTimeout as pause } from 'node:timers/promises';
import { toBatches } from '../../batches.js';
import { SharedRefusal } from './shared-refusal.js';
import type { WriteFailure } from './write-failure.js';
import { RefusedWrite } from './write-failure.js';
import { TransactionConflict, type Scope, type Transactions } from './transactions.js';

/** What has to be written in one transaction: one person, or several who exchange names. */
export interface Unit {
  readonly userIds: readonly string[];
  /** How many documents are written with it, about. @default 1 */
  readonly weight?: number;
}

/** Why some units are not written, and only told of. */
export type Failures<U> = ReadonlyMap<U, WriteFailure>;

export interface UnitWork<U extends Unit, Result> {
  readonly transactions: Transactions;
  readonly signal: AbortSignal;
  /** Writes the units, but those that have a failure, and tells of all of them. */
  write(units: readonly U[], failures: Failures<U>, scope: Scope): Promise<Result>;
  /** A transaction has been committed. */
  committed(result: Result): Promise<void> | void;
}

/** Most units in a transaction: enough to cost no more than plain writes, few enough to lock nobody for long. */
export const UNITS_AT_ONCE = 250;
/** So many refusals in one batch, and the rest goes one by one. */
const MAX_REFUSED = 3;
/** So many conflicts about one unit, and it is left to the next run. */
const MAX_CONFLICTS = 10;
const LONGEST_PAUSE_MS = 500;

type Failed = RefusedWrite | SharedRefusal | TransactionConflict;

/**
 * Writes units in transactions. A conflict with somebody else's write halves the batch; a unit that the database
 * refuses is left out. A refusal that may be about one of several halves the batch, too, until it is about one. Each
 * unit ends in exactly one committed transaction, written or told of.
 */
export async function commitUnits<U extends Unit, Result>(
  units: readonly U[],
  work: UnitWork<U, Result>,
): Promise<void> {
  const failures = new Map<U, WriteFailure>();
  for (const batch of toWeighedBatches(units)) await commitBatch(batch);

  async function commitBatch(batch: readonly U[]): Promise<void> {
    for (let refused = 0, conflicts = 0; ;) {
      work.signal.throwIfAborted();
      const failed = await attempt(batch);
      if (!failed) return;
      const isRefusal = leaveOut(batch, failed);
      if (isRefusal) refused += 1;
      else conflicts += 1;
      if (batch.length > 1 && (!isRefusal || refused >= MAX_REFUSED))
        return commitEach(toBatches(batch, isRefusal ? 1 : Math.ceil(batch.length / 2)));
      if (isRefusal) continue;
      if (conflicts === MAX_CONFLICTS) failures.set(batch[0] as U, { kind: 'busy' });
      await backOff(conflicts, failed);
    }
  }

  /** What kept the batch from being committed, where another attempt may help. */
  async function attempt(batch: readonly U[]): Promise<Failed | undefined> {
    try {
      const result = await work.transactions.attempt((scope) => work.write(batch, failures, scope));
      await work.committed(result);
      return undefined;
    } catch (error) {
      if (isFailed(error)) return error;
      throw error;
    }
  }

  async function commitEach(batches: readonly (readonly U[])[]): Promise<void> {
    for (const batch of batches) await commitBatch(batch);
  }

  /** Says whether it is known who is to be left out. */
  function leaveOut(batch: readonly U[], failed: Failed): boolean {
    if (failed instanceof TransactionConflict) return false;
    if (failed instanceof SharedRefusal && failed.units.length > 1) return false;
    const unit = batch.find((one) => !failures.has(one) && isMeant(one, failed));
    if (!unit) throw failed.cause;
    failures.set(unit, failed.failure);
    return true;
  }
}

function isFailed(error: unknown): error is Failed {
  return [RefusedWrite, SharedRefusal, TransactionConflict].some((kind) => error instanceof kind);
}

function isMeant(unit: Unit, failed: RefusedWrite | SharedRefusal): boolean {
  return failed instanceof SharedRefusal ? failed.units.includes(unit) : unit.userIds.includes(failed.userId);
}

/** Somebody who joins many rooms counts for as many. */
function toWeighedBatches<U extends Unit>(units: readonly U[]): readonly (readonly U[])[] {
  const batches: U[][] = [];
  let weight = Infinity;
  for (const unit of units) {
    const { weight: added = 1 } = unit;
    if (weight + added > UNITS_AT_ONCE) {
      batches.push([]);
      weight = 0;
    }
    batches.at(-1)?.push(unit);
    weight += added;
  }
  return batches;
}

/** One piece of work that concerns no person alone: repeated until nobody stands in the way any more. */
export async function commitOne<T>(
  { transactions, signal }: Pick<UnitWork<Unit, T>, 'transactions' | 'signal'>,
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  for (let conflicts = 1; ; conflicts += 1) {
    try {
      return await transactions.attempt(work);
    } catch (error) {
      if (!(error instanceof TransactionConflict)) throw error;
      signal.throwIfAborted();
      await backOff(conflicts, error);
    }
  }
}

/** Waits longer each time. Throws what stands behind the conflict when it does not end. */
async function backOff(conflicts: number, { cause }: Failed): Promise<void> {
  if (conflicts > 2 * MAX_CONFLICTS) throw cause;
  await pause(Math.random() * Math.min(LONGEST_PAUSE_MS, 10 * 2 ** conflicts));
}
