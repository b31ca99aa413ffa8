import type { Connection } from 'mongoose';
import { secondFactorCollection, type SecondFactorRecord } from '../../../models/second-factor.js';
import type { DatabaseTime } from '../../../models/database-time.js';
import { isDuplicateKey } from '../../../models/database-errors.js';

type StoredRecord = Partial<Omit<SecondFactorRecord, '_id'>>;

/** The result for the caller, and the changes of the record; without `next` it stays as it is. */
export interface Decision<T> {
  readonly result: T;
  readonly next?: Omit<StoredRecord, 'version' | 'expiresAt'>;
}

export interface SecondFactorStore {
  /**
   * Changes the record of a user as one atomic step: `decide` is called again until no other writer has
   * changed the record between the read and the write. `now` is read after the record, so nothing in the
   * record can be younger than `now`, however long this host slept.
   */
  change<T>(userId: string, decide: (record: StoredRecord, now: Date) => Decision<T>): Promise<T>;
}

/**
 * When several writers write at once, all but one have to read again. The queue before this store lets only a
 * few in.
 */
const MAX_TRIES = 500;
const LONGEST_PAUSE_MS = 20;
/** Longer than any window of the second factor. */
const KEPT_MS = 86_400_000;

/**
 * Compare-and-set by a version, which every server of MongoDB's protocol has, rather than upserts, which
 * race.
 */
export function createSecondFactorStore(
  connection: Connection,
  databaseTime: DatabaseTime,
): SecondFactorStore {
  const records = () => secondFactorCollection(connection);

  async function write(userId: string, before: StoredRecord | null, next: StoredRecord): Promise<boolean> {
    if (before) {
      // `null` also finds the records of older versions, which have no version.
      const { matchedCount } = await records().updateOne(
        { _id: userId, version: (before.version ?? null) as never },
        { $set: { ...next, version: toNextVersion(before.version) } },
      );
      return matchedCount === 1;
    }
    try {
      await records().insertOne({ _id: userId, ...next, version: 1 });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  return {
    async change(userId, decide) {
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const before = (await records().findOne(
          { _id: userId },
          { readPreference: 'primary' },
        )) as StoredRecord | null;
        const now = await databaseTime();
        const { result, next } = decide(before ?? {}, now);
        const expiresAt = new Date(now.getTime() + KEPT_MS);
        if (!next || (await write(userId, before, { ...next, expiresAt }))) return result;
        await pause();
      }
      throw new Error('The record of a second factor is changed faster than it can be read.');
    },
  };
}

/** A record of an older version has none, and a damaged one may hold anything. */
function toNextVersion(version: unknown): number {
  return typeof version === 'number' && Number.isSafeInteger(version + 1) ? version + 1 : 1;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_PAUSE_MS));
}
