import type { Collection } from '../../../models/database.js';
import type { SyncRunRecord } from '../../../models/sync-run.js';
import type { Clock } from '../../clock.js';
import { LdapSyncError } from '../../errors.js';
import type { Logger } from '../../logger.js';
import { leaseLost } from './fenced-writes.js';
import type { Lease, LeaseTimes } from './lease.js';
import type { Requester, RunKind, RunState } from '../../../models/run-report.js';
import type { RunEnd } from './run-end.js';
import { startStopwatch, type Stopwatch } from './stopwatch.js';
import { createTally, type Tally } from './tally.js';

/** The run that this process is doing: its lease, its tally, its end. */
export interface ActiveRun {
  readonly id: string;
  readonly kind: RunKind;
  /** The run that this one approves or reverts. */
  readonly of: string | undefined;
  readonly requestedBy: Requester;
  readonly startedAt: Date;
  /** Grows with every run that holds the lease. */
  readonly fence: number;
  /** The time when a sync last ended that was sure to have read the right directory. */
  readonly provenAt: Date | undefined;
  readonly tally: Tally;
  /** Aborts with an `LdapSyncError` (`run-stopped`, `run-cancelled`, `lease-lost`). */
  readonly signal: AbortSignal;
  /** Asks the run to end at the next page, since the host is shutting down. */
  stop(): void;
  /** Asks the run to end at the next page. */
  cancel(by: Requester): void;
  /**
   * Asks the database whether this run still holds the lease and nobody cancelled it; else rejects, and
   * aborts the run. Rejects, too, when the answer may be old: the host may have been stopped since it came.
   */
  verifyLease(): Promise<void>;
  /**
   * Asks the database whether this run still holds the lease; else rejects. Gives {@link writableMs}. A
   * cancelled run may still write what completes its earlier writes.
   */
  mayWrite(): Promise<number>;
  /**
   * Throws when the run is to end, for whatever reason. To be called between two pages, never within one:
   * what was written has to be counted.
   */
  assertGoingOn(): void;
  /** For how many milliseconds the run may still write. Throws when another host may be writing by now. */
  writableMs(): number;
  /** Remembers that the right directory was read; not for a preview. */
  markProven(): Promise<void>;
  /** Remembers that removals are about to happen. */
  markRemoving(): Promise<void>;
  /** Remembers that something could not be written down or unmarked: the next run does it. */
  leaveUnsettled(): void;
  /** Writes the counts down, now and then. */
  saveProgress(): Promise<void>;
  /** Renews the lease no longer. */
  abandon(): void;
  /**
   * Writes the report and releases the lease. Never throws: the report of a run whose database is gone stays
   * `running` until the lease expires.
   */
  finish(end: RunEnd): Promise<void>;
}

/** What is known of a run when it starts. */
export type StartingRun = Pick<
  ActiveRun,
  'id' | 'kind' | 'of' | 'requestedBy' | 'startedAt' | 'fence' | 'provenAt'
> & {
  /** Started before the run asked for the lease. */
  readonly sinceAsked: Stopwatch;
};

interface Dependencies {
  readonly runs: () => Collection<SyncRunRecord>;
  readonly lease: Lease;
  readonly leaseTimes: LeaseTimes;
  readonly clock: Clock;
  readonly logger: Logger;
}

const PROGRESS_MS = 250;

export function createActiveRun(
  { sinceAsked, ...starting }: StartingRun,
  { runs, lease, leaseTimes, clock, logger }: Dependencies,
): ActiveRun {
  const { id } = starting;
  const tally = createTally();
  const abort = new AbortController();
  let sinceRenewal = sinceAsked;
  let savedAt = -Infinity;
  let isLost = false;
  let isSettled = true;

  const heartbeat = setInterval(() => void renew(), leaseTimes.heartbeat);
  heartbeat.unref();

  async function renew(): Promise<void> {
    const sinceAsked = startStopwatch();
    try {
      // Answers may come in another order than the requests; an older renewal must not replace a newer one.
      if ((await lease.renew(id)) && sinceAsked() < sinceRenewal()) sinceRenewal = sinceAsked;
      await look();
    } catch (error) {
      if (!abort.signal.aborted)
        logger.warn(
          { runId: id, error: (error as Error).message },
          'The lease of the LDAP sync could not be renewed; trying again',
        );
    }
  }

  async function look(): Promise<void> {
    const { runId, cancelledBy } = await lease.look();
    if (runId !== id) {
      isLost = true;
      abort.abort(leaseLost());
    } else if (cancelledBy) cancel(cancelledBy);
  }

  function writableMs(): number {
    const left = leaseTimes.life - leaseTimes.safety - sinceRenewal();
    if (isLost || left < 0) throw leaseLost();
    return left;
  }

  function cancel(by: Requester): void {
    const remedy = 'Run the sync again: whatever was left undone is done then, and nothing is done twice.';
    abort.abort(
      new LdapSyncError('run-cancelled', `${by.username ?? by._id} asked for the end of the run.`, {
        remedy,
      }),
    );
  }

  async function save(
    fields: Partial<SyncRunRecord>,
    states: readonly RunState[] = ['running'],
  ): Promise<void> {
    await runs().updateOne({ _id: id, state: { $in: states } }, { $set: { ...tally.snapshot(), ...fields } });
  }

  return {
    ...starting,
    tally,
    signal: abort.signal,
    stop: () =>
      abort.abort(
        new LdapSyncError('run-stopped', 'The host is shutting down.', { remedy: 'Run the sync again.' }),
      ),

    cancel,
    async verifyLease() {
      await look();
      abort.signal.throwIfAborted();
      writableMs();
    },

    async mayWrite() {
      await look();
      return writableMs();
    },

    assertGoingOn: () => abort.signal.throwIfAborted(),

    writableMs,

    async markProven() {
      if (starting.kind !== 'preview') await lease.prove(id);
    },

    async markRemoving() {
      // Another host may have taken this run for dead, and marked it as interrupted.
      await save({ removing: true }, ['running', 'interrupted']);
    },

    leaveUnsettled: () => void (isSettled = false),

    async saveProgress() {
      if (performance.now() - savedAt < PROGRESS_MS) return;
      savedAt = performance.now();
      await save({});
    },

    abandon: () => clearInterval(heartbeat),

    async finish({ state, held, weighed = true, doubted }) {
      clearInterval(heartbeat);
      try {
        // Another host may have marked this run as interrupted while the database could not be reached.
        const states: RunState[] = (await lease.renew(id)) ? ['running', 'interrupted'] : ['running'];
        await save(
          {
            state,
            finishedAt: clock(),
            ...(held ? { held } : {}),
            ...(weighed ? {} : { weighed }),
            ...(isSettled ? { settled: true } : {}),
            ...(doubted ? { doubted: [...doubted] } : {}),
          },
          states,
        );
        await lease.release(id);
      } catch (error) {
        logger.error(
          { runId: id, error: (error as Error).message },
          'The report of the LDAP sync could not be written',
        );
      }
    },
  };
}
