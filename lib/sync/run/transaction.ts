import type { ClientSession } from 'mongoose';

/**
 * The session of an open transaction, for every read and write that belongs to it. `undefined` in a preview,
 * which opens none: its stores write to nobody.
 */
export type Transaction = ClientSession | undefined;

/** The options of an operation that belongs to a transaction. */
export function within(tx: Transaction): { session?: ClientSession } {
  return tx === undefined ? {} : { session: tx };
}

/**
 * Does work in one transaction that commits only while the run holds its lease. The work may be done several
 * times, since it is repeated after a conflict.
 */
export type Transact = (work: (tx: Transaction) => Promise<void>) => Promise<void>;
