import type { Connection, mongo } from 'mongoose';
import type { SessionId } from '../../../models/database.js';
import { createDatabaseTime } from '../../../models/database-time.js';
import type { FenceName } from '../../../models/fence.js';
import type { Asked } from '../../../models/asked-person.js';
import type { Requester, RunKind, RunPhase } from '../../../models/run-report.js';
import { syncRunCollection, type SyncRunRecord } from '../../../models/sync-run.js';
import type { Clock } from '../../clock.js';
import { LdapSyncError } from '../../errors.js';
import type { Logger } from '../../logger.js';
import { createFence } from './fence.js';
import { foldIdle, isIdle } from './fold-idle.js';
import type { Lease, LeaseTimes } from './lease.js';
import { leaseLost } from './lease-lost.js';
import { recordEnd } from './record-end.js';
import type { RunEnd } from './run-end.js';
import { RUN_KINDS, type RunKindDefinition } from './run-kinds.js';
import { createRunProgress } from './run-progress.js';
import { createTally, type Tally } from './tally.js';
import type { Trial } from './trial.js';
import { createDryTransactions, createTransactions, type Transactions } from './transactions.js';

/** The run that this process is doing: its lease, its tally, its transactions, its end. */
export interface ActiveRun {
  readonly id: string;
  readonly kind: RunKind;
  /** The run that this one approves or reverts. */
  readonly of: string | undefined;
  /** Of the sync of one person: who. */
  readonly asked: Asked | undefined;
  /** Settings that count in the place of the saved ones. */
  readonly trial: Trial | undefined;
  readonly requestedBy: Requester;
  /** The name of this host. */
  readonly host: string;
  readonly startedAt: Date;
  /** The time when a sync last ended that was sure to have read the right directory. */
  readonly provenAt: Date | undefined;
  /** False while users may bear marks of a version before transactions. */
  readonly isFreeOfMarks: boolean;
  /** The phase that the run has begun last. */
  readonly phase: RunPhase;
  readonly tally: Tally;
  readonly transactions: Transactions;
  /** Aborts with an `LdapSyncError` (`run-stopped`, `run-cancelled`, `lease-lost`). */
  readonly signal: AbortSignal;
  /** Asks the run to end at the next page, since the host is shutting down. */
  stop(): void;
  /** Asks the run to end at the next page. */
  cancel(by: Requester): void;
  /** Makes sure that no earlier run can write any more. Before the first transaction. */
  takeOver(): Promise<void>;
  /**
   * Looks whether another host has taken the run over, or somebody has cancelled it; then aborts the run. A
   * courtesy: it ends a run early that could commit nothing anyway.
   */
  checkIn(): Promise<void>;
  /** Throws when the run is to end, for whatever reason. */
  assertGoingOn(): void;
  /** Remembers that the right directory was read; only for runs that write. */
  markProven(): Promise<void>;
  markFreeOfMarks(): Promise<void>;
  /** Writes down that the run begins a phase. */
  enter(phase: RunPhase): Promise<void>;
  /** Writes down, now and then, what no transaction has written down. */
  saveProgress(): Promise<void>;
  /** Gives the run up before it has begun. `isReleased`: others need not wait until the lease expires. */
  abandon(isReleased: boolean): Promise<void>;
  /** Gives the run up before it has begun, and its record. False where the database did not do it. */
  forget(): Promise<boolean>;
  /**
   * Writes the report and releases the lease. Never throws: the report of a run whose database is gone stays
   * `running` until the lease expires.
   */
  finish(end: RunEnd): Promise<void>;
}

/** What is known of a run when it starts. */
export type StartingRun = Pick<
  ActiveRun,
  | 'id'
  | 'kind'
  | 'of'
  | 'asked'
  | 'trial'
  | 'requestedBy'
  | 'host'
  | 'startedAt'
  | 'provenAt'
  | 'isFreeOfMarks'
> & {
  /** Grows with every run that holds the lease. */
  readonly fencingNumber: number;
  readonly formerSessions: readonly SessionId[];
  /** What it writes in; its end belongs to the run. */
  readonly session: mongo.ClientSession;
};

interface Dependencies {
  readonly connection: Connection;
  readonly lease: Lease;
  readonly leaseTimes: LeaseTimes;
  /** Marks the runs of earlier holders as interrupted. */
  readonly markFormer: () => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A preview commits nothing, so none of its transactions ever passes a fence. */
const FENCES: Readonly<Record<RunKindDefinition['lease'], FenceName>> = {
  sync: 'ldap-sync-fence',
  preview: 'ldap-sync-fence',
  'auto-logout': 'ldap-sync-auto-logout-fence',
};

export function createActiveRun(
  { formerSessions, session, ...starting }: StartingRun,
  { connection, lease, leaseTimes, markFormer, clock, logger }: Dependencies,
): ActiveRun {
  const { id, kind } = starting;
  const sessionId = session.id;
  const { writes, isRoutine, lease: leaseName } = RUN_KINDS[kind];
  const runs = () => syncRunCollection(connection);
  const tally = createTally();
  const fence = createFence(connection, FENCES[leaseName]);
  let { fencingNumber } = starting;
  const passFence = async (own: mongo.ClientSession): Promise<void> => {
    await lease.assertHeld(id, own);
    await fence.pass(fencingNumber, own);
  };
  const transactions = writes
    ? createTransactions({ connection, runId: id, passFence, session, tally })
    : createDryTransactions({ connection, runId: id, tally });
  const abort = new AbortController();
  const progress = createRunProgress({ id, runs, tally });

  const heartbeat = setInterval(() => void renew(), leaseTimes.heartbeat);
  heartbeat.unref();

  async function renew(): Promise<void> {
    try {
      await lease.renew(id);
      await checkIn();
    } catch (error) {
      if (!abort.signal.aborted)
        logger.warn(
          { runId: id, error: (error as Error).message },
          'The lease of the LDAP sync could not be renewed; trying again',
        );
    }
  }

  async function checkIn(): Promise<void> {
    const { runId, cancelledBy } = await lease.look();
    if (runId !== id) abort.abort(leaseLost());
    else if (cancelledBy) cancel(cancelledBy);
  }

  function cancel(by: Requester): void {
    const remedy = 'Run the sync again: whatever was left undone is done then, and nothing is done twice.';
    const message = `${by.username ?? by._id} asked for the end of the run.`;
    abort.abort(new LdapSyncError('run-cancelled', message, { remedy }));
  }

  async function release(): Promise<void> {
    await session.endSession().catch(() => undefined);
    await lease.release(id, sessionId);
  }

  async function setWaiting(waitingFor: SyncRunRecord['waitingFor']): Promise<void> {
    await runs().updateOne(
      { _id: id },
      waitingFor ? { $set: { waitingFor } } : { $unset: { waitingFor: '' } },
    );
  }

  return {
    ...starting,
    tally,
    transactions,
    signal: abort.signal,
    stop: () =>
      abort.abort(
        new LdapSyncError('run-stopped', 'The host is shutting down.', { remedy: 'Run the sync again.' }),
      ),
    cancel,
    checkIn,
    assertGoingOn: () => abort.signal.throwIfAborted(),

    async takeOver() {
      const onWaiting = async (): Promise<void> => {
        logger.warn({ runId: id }, 'The LDAP sync waits for a transaction that another host has left open');
        await setWaiting({ code: 'former-transaction', since: await createDatabaseTime(connection)() });
      };
      // The leases may have been deleted by hand, so that their numbers have begun anew.
      const raised = await fence.number();
      if (raised >= fencingNumber) await lease.renumber(id, (fencingNumber = raised + 1));
      await fence.raise(fencingNumber, { sessions: formerSessions, signal: abort.signal, onWaiting });
      await setWaiting(undefined);
      await markFormer();
      if (sessionId) await lease.forgetFormer(id, sessionId);
    },

    async markProven() {
      if (writes) await lease.prove(id);
    },

    markFreeOfMarks: () => lease.noteFreeOfMarks(id),

    get phase() {
      return progress.phase;
    },
    enter: (phase) => progress.enter(phase),
    saveProgress: () => progress.save(),

    async abandon(isReleased) {
      clearInterval(heartbeat);
      if (isReleased) await release().catch(() => undefined);
    },

    async forget() {
      try {
        await runs().deleteOne({ _id: id });
        clearInterval(heartbeat);
        await release();
        return true;
      } catch {
        return false;
      }
    },

    async finish(end) {
      clearInterval(heartbeat);
      tally.close();
      try {
        const { phase } = progress;
        await recordEnd(end, { runs: runs(), id, tally, lease, finishedAt: clock(), phase });
        if (isRoutine && isIdle(end, tally)) await foldIdle(starting, runs());
        await release();
      } catch (error) {
        logger.error(
          { runId: id, error: (error as Error).message },
          'The report of the LDAP sync could not be written',
        );
      }
    },
  };
}
