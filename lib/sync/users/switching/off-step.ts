import type { Connection } from 'mongoose';
import type { Transact } from '../../run/transaction.js';

/** Most documents that one transaction writes: a longer one keeps others waiting. */
export const DOCUMENTS_AT_ONCE = 100;

/** So few that the database does not give the cursor up while they are written. */
export const CURSOR_BATCH = 1_000;

export interface Following {
  readonly connection: Connection;
  readonly transact: Transact;
  readonly signal: AbortSignal;
}

export interface Found {
  readonly _id: string;
}

/** One thing that is done around users who are switched off. */
export interface OffStep {
  readonly collection: string;
  /** The documents to look at, by the ids of users: a name may be somebody else's by now. */
  readonly find: (userIds: readonly string[]) => object;
  /** How many documents are written at most for one that is found. */
  readonly weight: number;
  /** Brings documents to what they are while their users are off, in one transaction. May be repeated. */
  readonly update: (found: readonly string[], following: Following) => Promise<void>;
}
