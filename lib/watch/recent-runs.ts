import type { Connection } from 'mongoose';
import { leaseModel, type LeaseRecord } from '../../models/lease.js';
import { syncRunModel } from '../../models/sync-run.js';
import type { RemovalCounts, RunCounts, RunKind, RunReport } from '../sync/report.js';

/** A report without its rows. */
export type ShortRun = Pick<RunReport, '_id' | 'kind' | 'state' | 'startedAt' | 'counts'> & {
  readonly finishedAt: Date | null;
};
/** A run that is going; on whichever host. */
export interface RunningRun {
  readonly runId: string;
  readonly kind: RunKind;
  readonly counts: RunCounts;
}
/** Removals that wait for a decision, in people. */
export interface HeldRun extends RemovalCounts {
  readonly runId: string;
  readonly reason: string;
}
/** The lease, while a run has it. `expiresAt` is in the database server's time. */
export type LeaseState = Pick<LeaseRecord, 'expiresAt' | 'fence'> & { readonly runId: string };

/** A record as it is stored: an older version wrote neither `kind` nor `held`. */
type StoredRun = Omit<RunReport, 'kind' | 'attention' | 'problems'> & { readonly kind?: RunKind };

/**
 * The newest run of a sort. Each reading goes along the index on `startedAt` from its newest end, over at most the 500
 * records that are kept, and fetches one.
 */
export interface RecentRuns {
  last(): Promise<StoredRun | null>;
  /** The newest sync that is held and about which nobody has decided. */
  lastUndecided(): Promise<{ readonly startedAt: Date; readonly removals: HeldRun } | null>;
  lastCompletedSync(): Promise<{
    readonly runId: string;
    readonly startedAt: Date;
    readonly finishedAt: Date;
  } | null>;
  lease(): Promise<LeaseState | null>;
}

const SHORT = { kind: 1, state: 1, startedAt: 1, finishedAt: 1, counts: 1 } as const;
/** `null` also finds what has no kind. */
const SYNC = { kind: { $in: ['sync', null] } };
const NO_REASON = 'The report does not say why.';

export function createRecentRuns(connection: Connection): RecentRuns {
  const runs = syncRunModel(connection).collection;
  const leases = leaseModel(connection).collection;

  async function newest(filter: object, projection: object): Promise<StoredRun | null> {
    return (await runs.findOne(filter, { projection, sort: { startedAt: -1 } })) as StoredRun | null;
  }

  return {
    last: () => newest({}, SHORT),

    async lastUndecided() {
      const run = await newest(
        { ...SYNC, state: 'held', decision: { $exists: false } },
        { startedAt: 1, held: 1 },
      );
      if (!run) return null;
      const { deactivations = 0, renames = 0, clearings = 0, reason = NO_REASON } = run.held ?? {};
      return {
        startedAt: run.startedAt,
        removals: { runId: run._id, deactivations, renames, clearings, reason },
      };
    },

    async lastCompletedSync() {
      const run = await newest({ ...SYNC, state: 'completed' }, { startedAt: 1, finishedAt: 1 });
      return run && { runId: run._id, startedAt: run.startedAt, finishedAt: run.finishedAt ?? run.startedAt };
    },

    async lease() {
      const record = (await leases.findOne({ _id: 'ldap-sync' as never })) as LeaseRecord | null;
      return record?.runId ? { runId: record.runId, expiresAt: record.expiresAt, fence: record.fence } : null;
    },
  };
}

export function toShortRun({
  _id,
  kind = 'sync',
  state,
  startedAt,
  finishedAt,
  counts,
}: StoredRun): ShortRun {
  return { _id, kind, state, startedAt, finishedAt: finishedAt ?? null, counts };
}
