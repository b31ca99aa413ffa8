import type { Connection } from 'mongoose';
import { openCollection } from '../../../models/database.js';
import { inBatches } from '../../batches.js';
import type { Transact, Transaction } from '../run/transaction.js';

/** What it takes to carry a change of users through the database. */
export interface Following {
  readonly connection: Connection;
  readonly transact: Transact;
  readonly signal: AbortSignal;
}

/** Documents that have to follow. */
export interface FollowingDocuments {
  readonly collection: string;
  readonly filter: object;
  /** The fields that `weigh` needs. */
  readonly reads?: object | undefined;
  /** How many documents may be written for one that is found. @default 1 */
  readonly weigh?: ((document: object) => number) | undefined;
}

/** Most documents that one transaction writes: a longer one keeps others waiting. */
export const DOCUMENTS_AT_ONCE = 100;

/** So few that the database does not give the cursor up while they are written. */
const CURSOR_BATCH = 1_000;

/** Writes the documents in transactions of a hundred at most. Ends between two of them when the run ends. */
export async function followDocuments(
  documents: FollowingDocuments,
  following: Following,
  write: (tx: Transaction, ids: readonly string[]) => Promise<void>,
): Promise<void> {
  await eachBatch(documents, following, (ids) => following.transact((tx) => write(tx, ids)));
}

/** As {@link followDocuments}, for work that makes the transaction of a batch itself. */
export async function eachBatch(
  { collection, filter, reads, weigh }: FollowingDocuments,
  { connection, signal }: Following,
  work: (ids: readonly string[]) => Promise<void>,
): Promise<void> {
  const documents = openCollection(connection, collection).find(filter, {
    projection: { _id: 1, ...reads },
    batchSize: CURSOR_BATCH,
  });
  for await (const batch of inBatches(documents, DOCUMENTS_AT_ONCE, weigh)) {
    signal.throwIfAborted();
    await work(batch.map(({ _id }) => _id));
  }
}
