import type { Connection } from 'mongoose';
import { syncChangeCollection } from '../../../models/sync-change.js';
import type { Page } from '../../../models/run-report.js';
import { createCountWaiting, type CountWaiting } from './count-waiting.js';
import { countRows } from './count-rows.js';
import { createDecideRows, type DecideRows } from './decide-rows.js';
import { createAccountReader, type ChangePage, type ChangeQuery } from './read-account.js';
import { createUserHistory, type UserHistory } from './user-history.js';

/** What has been written down, for readers. */
export interface ChangeHistory {
  /** Page by page, in the order it was written. */
  ofRun(runId: string, query: ChangeQuery): Promise<ChangePage>;
  /**
   * What runs did to one user, the newest run first; within a run, in the order it was written. `page` counts
   * runs.
   */
  ofUser(userId: string, page: Page): Promise<UserHistory>;
  /** Records what somebody decides about rows of a held list that wait. */
  readonly decide: DecideRows;
  /** Who of a held list still waits. */
  readonly countWaiting: CountWaiting;
  /** How many removals a run has listed. */
  countRemovals(runId: string): Promise<number>;
  /** Deletes documents that have expired, where the database does not do so by itself. */
  prune(now: Date): Promise<void>;
}

export function createChangeHistory(connection: Connection): ChangeHistory {
  const changes = () => syncChangeCollection(connection);

  return {
    ofRun: createAccountReader(changes),
    ofUser: createUserHistory(changes),
    decide: createDecideRows(changes),
    countWaiting: createCountWaiting(changes),
    countRemovals: (runId) => countRows(changes(), runId, 'r'),
    async prune(now) {
      await changes().deleteMany({ expiresAt: { $lt: now } });
    },
  };
}
