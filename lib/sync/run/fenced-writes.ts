import type { Collection } from '../../../models/database.js';
import { LdapSyncError } from '../../errors.js';
import { startStopwatch, type Stopwatch } from './stopwatch.js';

/**
 * Gives for how many milliseconds a run may still write; `undefined` when it has no end. Throws or rejects
 * when another host may be writing by now. Asked before each write.
 */
export type WritePermit = () => number | undefined | Promise<number | undefined>;

/** The writes that a run may do in one collection. Lists are written unordered. */
export interface FencedWrites {
  insertOne(document: object): Promise<unknown>;
  insertMany(documents: readonly object[]): Promise<unknown>;
  updateOne(filter: object, update: object): Promise<{ readonly matchedCount: number }>;
  updateMany(filter: object, update: object): Promise<{ readonly matchedCount: number }>;
  bulkWrite(operations: readonly object[]): Promise<{ readonly matchedCount: number }>;
  deleteMany(filter: object): Promise<unknown>;
}

/**
 * A collection whose every write is checked against a permit twice: when the write is asked for, and when the
 * driver encodes it. In between the write may wait for a connection, or for a second attempt, while the host
 * is stopped and another host takes its run over.
 */
export function fenceWrites<T extends { readonly _id: string }>(
  collection: Pick<Collection<T>, keyof FencedWrites>,
  permit: WritePermit,
): FencedWrites {
  async function within<T>(write: (options: { comment: object }) => Promise<T>): Promise<T> {
    // Starts before the permit is asked for, so that time during which the host sleeps from then on counts.
    const elapsed = startStopwatch();
    const fence = createFence(elapsed, await permit());
    try {
      return await write({ comment: fence });
    } catch (error) {
      // The driver wraps what encoding throws in errors of its own.
      throw fence.hasRefused() ? leaseLost() : error;
    }
  }

  return {
    insertOne: (document) => within((options) => collection.insertOne(document as never, options)),
    insertMany: (documents) =>
      within((options) => collection.insertMany(documents as never[], { ...options, ordered: false })),
    updateOne: (filter, update) => within((options) => collection.updateOne(filter, update, options)),
    updateMany: (filter, update) => within((options) => collection.updateMany(filter, update, options)),
    bulkWrite: (operations) =>
      within((options) => collection.bulkWrite(operations as never[], { ...options, ordered: false })),
    deleteMany: (filter) => within((options) => collection.deleteMany(filter, options)),
  };
}

/** What the database's log and profiler show of a write. */
const COMMENT = 'chat-ldap-sync';

/**
 * A comment on a command. Only the comment is sure to be encoded right before the command goes out, at each
 * attempt: the driver encodes the documents of a list of writes beforehand.
 */
function createFence(elapsed: Stopwatch, writableMs = Infinity): { toBSON(): string; hasRefused(): boolean } {
  let hasRefused = false;
  return {
    hasRefused: () => hasRefused,
    toBSON() {
      hasRefused = elapsed() > writableMs;
      if (hasRefused) throw leaseLost();
      return COMMENT;
    },
  };
}

export function leaseLost(): LdapSyncError {
  return new LdapSyncError(
    'lease-lost',
    'This host lost contact with the database for too long, or another host took the run over.',
    {
      remedy: 'Run the sync again; check the connection to MongoDB if this returns.',
    },
  );
}
