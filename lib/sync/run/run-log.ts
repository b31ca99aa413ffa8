import { hostname } from 'node:os';
import type { Connection } from 'mongoose';
import { syncRunCollection } from '../../../models/sync-run.js';
import type { Clock } from '../../clock.js';
import type { Logger } from '../../logger.js';
import { createLease, LEASE_TIMES, type LeaseTimes } from './lease.js';
import type { HeldDecision, Requester, RunKind } from '../../../models/run-report.js';
import { createMarkInterrupted } from './mark-interrupted.js';
import { createRunReader, ofKinds, type GoingRun, type RunReader } from './run-reader.js';
import { kindsWhere, RUN_KINDS } from './run-kinds.js';
import { createStartRun, type RunRequest, type StartedRun } from './start-run.js';

/** Who has the lease, alive or not. `expiresAt` is in the database server's time. */
export interface LeaseHolder {
  readonly runId: string;
  readonly expiresAt: Date;
  readonly fence: number;
}

/** Starts runs, one at a time over all hosts (and beside it one preview and one auto-logout), and keeps their reports. */
export interface RunLog extends RunReader {
  start(request: RunRequest): Promise<StartedRun>;
  /** Who has the lease of the syncs, and the run that is queued behind it. */
  leases(): Promise<{
    readonly lease: LeaseHolder | undefined;
    readonly queuedRunId: string | undefined;
  }>;
  /** Records what somebody decided about a held run. False when somebody else was first. */
  decide(runId: string, about: RunDecision): Promise<boolean>;
  /** The ids of the approvals or applications of a run, whatever became of them. */
  followersOf(runId: string, kind: RunKind): Promise<readonly string[]>;
  /** Writes down at once which change of settings a run has made. */
  noteSettingsChange(runId: string, changeId: string): Promise<void>;
  markReverted(runId: string, byRun: string): Promise<void>;
  /** Asks a run to end, on whichever host it is. False when it is not going. */
  requestCancel(runId: string, by: Requester): Promise<boolean>;
  /** Deletes the oldest reports of each kind, so that a kind that happens often pushes none of another out. */
  prune(kept: number, kinds?: readonly RunKind[]): Promise<void>;
}

/** `isWhole`: nothing of the list waits any more. `before`: the decision that is replaced, and kept as a partial one. */
export interface RunDecision {
  readonly decision: HeldDecision;
  readonly isWhole: boolean;
  readonly before: HeldDecision | undefined;
}

interface Dependencies {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly leaseTimes?: LeaseTimes;
  /** How runs name this host. @default its host name */
  readonly host?: string;
}

export function createRunLog({
  connection,
  clock,
  logger,
  leaseTimes = LEASE_TIMES,
  host = hostname(),
}: Dependencies): RunLog {
  const runs = () => syncRunCollection(connection);
  const leases = {
    sync: createLease(connection, { name: 'ldap-sync', times: leaseTimes }),
    preview: createLease(connection, { name: 'ldap-sync-preview', times: leaseTimes }),
    queue: createLease(connection, { name: 'ldap-sync-queue', times: leaseTimes }),
    'auto-logout': createLease(connection, { name: 'ldap-sync-auto-logout', times: leaseTimes }),
  };

  const markInterrupted = createMarkInterrupted(connection, clock);

  /** A run that begins holds both leases for a moment, so the queue is asked last. */
  async function isGoing({ _id, kind, state }: GoingRun): Promise<boolean> {
    const lease = leases[RUN_KINDS[kind].lease];
    return (await lease.holder()) === _id || (state === 'queued' && (await leases.queue.holder()) === _id);
  }

  const reader = createRunReader({
    connection,
    isGoing,
    // A queued run may have begun between the two reads of the leases.
    markInterrupted: ({ _id, state }) => markInterrupted({ _id, state }),
  });

  return {
    ...reader,

    start: createStartRun({ connection, leases, leaseTimes, markInterrupted, clock, logger, host }),

    async leases() {
      const [sync, queue] = await Promise.all([leases.sync.look(), leases.queue.look()]);
      const { runId, expiresAt, fence } = sync;
      return {
        lease: runId === undefined ? undefined : { runId, expiresAt, fence },
        queuedRunId: queue.runId,
      };
    },

    async decide(runId, { decision, isWhole, before }) {
      const filter = {
        _id: runId,
        state: 'held' as const,
        ...(before ? { 'decision.at': before.at } : { decision: null as never }),
      };
      const earlier = before ? { $push: { partlyDecided: before } } : {};
      const update = isWhole ? { $set: { decision }, ...earlier } : { $push: { partlyDecided: decision } };
      return (await runs().updateOne(filter, update)).matchedCount === 1;
    },

    async followersOf(runId, kind) {
      const found = await runs()
        .find({ kind, of: runId }, { projection: { _id: 1 } })
        .toArray();
      return found.map(({ _id }) => _id);
    },

    async noteSettingsChange(runId, changeId) {
      await runs().updateOne({ _id: runId }, { $set: { settingsChange: changeId } });
    },

    async markReverted(runId, byRun) {
      await runs().updateOne({ _id: runId }, { $set: { revertedBy: byRun } });
    },

    async requestCancel(runId, by) {
      for (const lease of [leases.queue, leases.sync, leases.preview, leases['auto-logout']])
        if (await lease.requestCancel(runId, by)) return true;
      return false;
    },

    async prune(kept, kinds = kindsWhere(() => true)) {
      for (const kind of kinds) {
        const own = ofKinds([kind]) as object;
        const oldest = await runs().findOne(own, {
          projection: { startedAt: 1 },
          sort: { startedAt: -1 },
          skip: kept,
        });
        if (!oldest) continue;
        // The newest sync is kept however many runs follow, because it waits for a decision or shows that
        // nothing waits.
        const newest = await reader.newestSync();
        await runs().deleteMany({
          ...own,
          startedAt: { $lte: oldest.startedAt },
          state: { $nin: ['running', 'queued'] },
          _id: { $ne: newest?._id ?? '' },
        });
      }
    },
  };
}
