import type { Connection } from 'mongoose';
import { syncRunCollection } from '../../../models/sync-run.js';
import type { Clock } from '../../clock.js';

/**
 * Marks runs that are stored as queued or running although their host is gone; the filter names the states.
 */
export type MarkInterrupted = (filter: object) => Promise<void>;

const PROBLEM = {
  message: 'The host that ran this sync stopped before it ended.',
  remedy: 'Run the sync again: whatever was left undone is done then, and nothing is done twice.',
};

export function createMarkInterrupted(connection: Connection, clock: Clock): MarkInterrupted {
  const runs = () => syncRunCollection(connection);
  return async (filter) => {
    await runs().updateMany(filter, {
      $set: { state: 'interrupted', finishedAt: clock() },
      $push: { problems: PROBLEM },
      $unset: { waitingFor: '' },
    });
  };
}
