import type { Connection } from 'mongoose';
import { syncRunModel } from '../../models/sync-run.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../logger.js';
import { createRandomId } from '../random-id.js';
import { createActiveRun, type ActiveRun } from './active-run.js';
import { fenceWrites } from './fenced-writes.js';
import { createLease, LEASE_TIMES, type Lease, type LeaseTimes } from './lease.js';
import type { HeldDecision, Requester, RunKind } from './report.js';
import { createMarkInterrupted } from './run/mark-interrupted.js';
import { createRunReader, type RunReader } from './run/run-reader.js';
import { startStopwatch } from './stopwatch.js';
import { createTally } from './tally.js';
import { dropOlderClaims } from './user-marks.js';

/** A run that has just been started, or the one already going that a caller was joined to. */
export type StartedRun = { readonly runId: string; readonly active: ActiveRun | undefined };

export interface RunRequest {
  readonly kind: RunKind;
  readonly requestedBy: Requester;
  /** The run that is approved or reverted. */
  readonly of?: string;
}

/** Starts runs, one at a time over all hosts (and one preview beside it), and keeps their reports. */
export interface RunLog extends RunReader {
  start(request: RunRequest): Promise<StartedRun>;
  /** Records what somebody decided about a held run. False when somebody else was first. */
  decide(runId: string, decision: HeldDecision, before: HeldDecision | undefined): Promise<boolean>;
  markReverted(runId: string, byRun: string): Promise<void>;
  /** Asks a run to end, on whichever host it is. False when it is not going. */
  requestCancel(runId: string, by: Requester): Promise<boolean>;
  /** Deletes the oldest reports. */
  prune(kept: number): Promise<void>;
}

const RECORD_POLL_MS = 50;

interface Dependencies {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly leaseTimes?: LeaseTimes;
}

export function createRunLog({ connection, clock, logger, leaseTimes = LEASE_TIMES }: Dependencies): RunLog {
  const runs = syncRunModel(connection);
  const leases = {
    sync: createLease(connection, clock, 'ldap-sync', leaseTimes),
    preview: createLease(connection, clock, 'ldap-sync-preview', leaseTimes),
  };
  const leaseOf = (kind: RunKind | undefined): Lease => (kind === 'preview' ? leases.preview : leases.sync);

  const markInterrupted = createMarkInterrupted(connection, clock);

  /** A run takes the lease first and writes its record then; whoever joins in between waits for it. */
  async function untilRecorded(runId: string, lease: Lease): Promise<void> {
    while (!(await runs.exists({ _id: runId })) && (await lease.holder()) === runId) {
      await new Promise((resolve) => setTimeout(resolve, RECORD_POLL_MS));
    }
  }

  const reader = createRunReader({
    connection,
    isGoing: async (kind, runId) => (await leaseOf(kind).holder()) === runId,
    markInterrupted: (runId) => markInterrupted({ _id: runId }),
  });

  return {
    ...reader,

    async start({ kind, requestedBy, of }) {
      const id = createRandomId();
      const sinceAsked = startStopwatch();
      const lease = leaseOf(kind);
      const known = kind === 'preview' ? await leases.sync.look() : undefined;
      const acquired = await lease.acquire(id);
      if (!acquired.held) {
        await untilRecorded(acquired.holderRunId, lease);
        return { runId: acquired.holderRunId, active: undefined };
      }
      // By the database server's time: the newest run is told by it, whatever the hosts' clocks say.
      const { fence, leasedAt: startedAt, abandonedRunId } = acquired;
      let isLetGo = false;
      const { provenAt } = known ?? acquired;
      const starting = { id, kind, of, requestedBy, startedAt, fence, provenAt, sinceAsked };
      // It renews the lease from now on: with many users the first of these takes its time.
      const active = createActiveRun(starting, { runs, lease, leaseTimes, clock, logger });
      try {
        if (abandonedRunId !== undefined && kind !== 'preview') await dropOlderClaims(connection, active);
        // Should that have failed, the lease is kept until it expires: whoever takes it then does it.
        isLetGo = true;
        await active.verifyLease();
        await markInterrupted(
          { _id: { $ne: id }, kind: kind === 'preview' ? kind : { $ne: 'preview' } },
          active.writableMs,
        );
        const record = {
          _id: id,
          kind,
          state: 'running',
          ...(of === undefined ? {} : { of }),
          requestedBy,
          startedAt,
          ...createTally().snapshot(),
        } as const;
        await fenceWrites(runs.collection, active.writableMs).insertOne(record);
      } catch (error) {
        active.abandon();
        if (isLetGo) await lease.release(id).catch(() => undefined);
        throw error;
      }
      return { runId: id, active };
    },

    async decide(runId, decision, before) {
      const filter = {
        _id: runId,
        state: 'held',
        ...(before ? { 'decision.at': before.at } : { decision: null }),
      };
      return (await runs.collection.updateOne(filter as never, { $set: { decision } })).matchedCount === 1;
    },

    async markReverted(runId, byRun) {
      await runs.collection.updateOne({ _id: runId as never }, { $set: { revertedBy: byRun } });
    },

    async requestCancel(runId, by) {
      return (await leases.sync.requestCancel(runId, by)) || leases.preview.requestCancel(runId, by);
    },

    async prune(kept) {
      const oldest = await runs.findOne({}, { startedAt: 1 }).sort({ startedAt: -1 }).skip(kept).lean();
      if (!oldest) return;
      // What waits for a decision, or tells that nothing does, is not lost however many runs follow.
      const newest = await reader.newestSync();
      await runs.deleteMany({
        startedAt: { $lte: oldest.startedAt },
        state: { $ne: 'running' },
        _id: { $ne: newest?._id ?? '' },
      });
    },
  };
}
