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
