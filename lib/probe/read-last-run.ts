import type { RunReader } from '../sync/run/run-reader.js';
import type { ReadLastRun } from './sections/section-context.js';

/** Reads how many people the newest sync read that went well. */
export function createReadLastRun(runs: Pick<RunReader, 'lastSuccess'>): ReadLastRun {
  return async () => {
    const run = await runs.lastSuccess();
    return run && { runId: run._id, at: run.finishedAt ?? run.startedAt, read: run.counts.read };
  };
}
