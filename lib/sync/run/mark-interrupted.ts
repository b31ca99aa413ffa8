import type { Connection } from 'mongoose';
import { isTimeOut, isWriteConflict } from '../../../models/database-errors.js';
import { syncRunCollection } from '../../../models/sync-run.js';
import type { Clock } from '../../clock.js';

/**
 * Marks runs that are stored as queued or running although their host is gone; the filter names the states. A run
 * whose last transaction is still open is left for later.
 */
export type MarkInterrupted = (filter: object) => Promise<void>;

/** A transaction of a host that is gone would keep everybody waiting who only wants to read the run. */
const LONGEST_MS = 1_000;

const PROBLEM = {
  message: 'The host that ran this sync stopped before it ended.',
  remedy: 'Run the sync again: whatever was left undone is done then, and nothing is done twice.',
};

export function createMarkInterrupted(connection: Connection, clock: Clock): MarkInterrupted {
  const runs = () => syncRunCollection(connection);
  return async (filter) => {
    const mark = {
      $set: { state: 'interrupted', finishedAt: clock() },
      $push: { problems: PROBLEM },
      $unset: { waitingFor: '' },
    } as const;
    const found = await runs()
      .find(filter, { projection: { _id: 1 } })
      .toArray();
    // One by one: not every server of MongoDB's protocol heeds a time limit on an update of many.
    for (const { _id } of found) {
      await runs()
        .updateOne({ $and: [filter, { _id }] }, mark, { maxTimeMS: LONGEST_MS })
        .catch((error: unknown) => {
          if (!isTimeOut(error) && !isWriteConflict(error)) throw error;
        });
    }
  };
}
