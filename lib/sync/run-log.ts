import type { Connection } from 'mongoose';
import { syncRunModel, type SyncRunRecord } from '../../models/sync-run.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../logger.js';
import { createRandomId } from '../random-id.js';
import { createActiveRun, type ActiveRun } from './active-run.js';
import { createLease } from './lease.js';
import type { Requester, RunReport } from './report.js';
import { createTally } from './tally.js';

/** A run that has just been started, or the one already going that a caller was joined to. */
export type StartedRun = { readonly runId: string; readonly active: ActiveRun | undefined };

/** Starts runs, one at a time over all hosts, and keeps their reports. */
export interface RunLog {
  start(requestedBy: Requester): Promise<StartedRun>;
  get(runId: string): Promise<RunReport | undefined>;
  /** Newest first. */
  list(page: { readonly offset: number; readonly count: number }): Promise<{ runs: RunReport[]; total: number }>;
}

/** Reports that are kept; older ones are deleted when a run starts. */
const KEPT_RUNS = 500;
const RECORD_POLL_MS = 50;

export function createRunLog({ connection, clock, logger }: { connection: Connection; clock: Clock; logger: Logger }): RunLog {
  const runs = syncRunModel(connection);
  const lease = createLease(connection, clock);

  async function markInterrupted(filter: object): Promise<void> {
    const problem = {
      message: 'The host that ran this sync stopped before it ended.',
      remedy: 'Run the sync again: whatever was left undone is done then, and nothing is done twice.',
    };
    await runs.updateMany(
      { ...filter, state: 'running' },
      { $set: { state: 'interrupted', finishedAt: clock() }, $push: { problems: problem } },
    );
  }

  async function prune(): Promise<void> {
    const oldest = await runs.find({}, { startedAt: 1 }).sort({ startedAt: -1 }).skip(KEPT_RUNS).limit(1).lean();
    if (oldest[0]) await runs.deleteMany({ startedAt: { $lte: oldest[0].startedAt }, state: { $ne: 'running' } });
  }

  /** A run takes the lease first and writes its record then; whoever joins in between waits for it. */
  async function untilRecorded(runId: string): Promise<void> {
    while (!(await runs.exists({ _id: runId })) && (await lease.holder()) === runId) {
      await new Promise((resolve) => setTimeout(resolve, RECORD_POLL_MS));
    }
  }

  return {
    async start(requestedBy) {
      const runId = createRandomId();
      const acquired = await lease.acquire(runId);
      if (!acquired.held) {
        await untilRecorded(acquired.holderRunId);
        return { runId: acquired.holderRunId, active: undefined };
      }
      try {
        await markInterrupted({ _id: { $ne: runId } });
        const record = { _id: runId, state: 'running', requestedBy, startedAt: clock(), ...createTally().snapshot() } as const;
        await runs.collection.insertOne(record as never);
        await prune();
      } catch (error) {
        await lease.release(runId).catch(() => undefined);
        throw error;
      }
      return { runId, active: createActiveRun(runId, { runs, lease, clock, logger }) };
    },

    async get(runId) {
      const record = await runs.findById(runId).lean();
      if (record?.state !== 'running' || (await lease.holder()) === runId) return toReport(record);
      await markInterrupted({ _id: runId });
      return toReport(await runs.findById(runId).lean());
    },

    async list({ offset, count }) {
      const [page, total] = await Promise.all([
        runs.find().sort({ startedAt: -1, _id: -1 }).skip(offset).limit(count).lean(),
        runs.countDocuments(),
      ]);
      return { runs: page.map((record) => toReport(record)), total };
    },
  };
}

function toReport<T extends SyncRunRecord | null>(record: T): T extends null ? undefined : RunReport {
  return (record ?? undefined) as T extends null ? undefined : RunReport;
}
