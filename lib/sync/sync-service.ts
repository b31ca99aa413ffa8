import { LdapSyncError } from '../errors.js';
import type { ActiveRun } from './run/active-run.js';
import { isUnderWay, type Requester, type RunReport } from '../../models/run-report.js';
import type { QueuedRun } from './run/queued-run.js';
import type { RunRequest, StartedRun } from './run/start-run.js';
import type { SyncDependencies } from './run-dependencies.js';
import { executeRun } from './execute-run.js';
import { giveUp } from './give-up.js';

/** Starts runs and lets them go on by themselves. */
export interface SyncService {
  /**
   * Starts a run, joins the one of its kind that is going, or queues a sync behind a run of another kind;
   * resolves as soon as that is known. `busy`: the run may not wait, and nothing was started. `began` is
   * called once the run is sure to be this caller's, before it does anything; if it rejects, so does this call, and the
   * run ends: without a trace where nobody else can have been given it.
   */
  start(
    request: RunRequest,
    began?: (runId: string) => Promise<void>,
  ): Promise<{ readonly runId: string; readonly outcome: StartedRun['outcome'] }>;
  /** As {@link start}, and resolves with its report when it has ended. */
  run(request: RunRequest): Promise<RunReport>;
  /** Asks a run to end within a page, on whichever host it is. */
  cancel(runId: string, by: Requester): Promise<void>;
  /** Ends what runs here, marks it interrupted, and refuses to start anything else. */
  stop(): Promise<void>;
}

const JOINED_POLL_MS = 500;

/** A run of this host, from the moment it is started or queued until it has ended. */
interface OwnRun {
  stop(): void;
  cancel(by: Requester): void;
  readonly ended: Promise<void>;
}

export function createSyncService(dependencies: SyncDependencies): SyncService {
  const { runs, events, logger } = dependencies;
  const own = new Map<string, OwnRun>();
  let isStopped = false;
  const hasStopped = (): boolean => isStopped;

  async function start(
    request: RunRequest,
    began?: (runId: string) => Promise<void>,
  ): Promise<{ runId: string; outcome: StartedRun['outcome'] }> {
    if (hasStopped()) throw shuttingDown();
    const started = await runs.start(request);
    const { runId, outcome } = started;
    if (outcome === 'started') await beginOwn(started.active, began);
    if (outcome === 'queued') {
      const { kind, requestedBy } = request;
      events.emit('run:queued', { runId, kind, requestedBy });
      waitWith(started.queued);
    }
    return { runId, outcome };
  }

  async function beginOwn(active: ActiveRun, began?: (runId: string) => Promise<void>): Promise<void> {
    if (hasStopped()) {
      await active.finish({ state: 'interrupted' });
      throw shuttingDown();
    }
    try {
      await began?.(active.id);
    } catch (error) {
      await giveUp(active, error);
      throw error;
    }
    if (hasStopped()) active.stop();
    keep(active.id, active, executeRun(active, dependencies));
  }

  function waitWith(queued: QueuedRun): void {
    if (hasStopped()) queued.stop();
    const ended = queued.untilItsTurn().then(
      async (active) => {
        if (!active) return;
        if (hasStopped()) active.stop();
        keep(active.id, active, executeRun(active, dependencies));
        await own.get(active.id)?.ended;
      },
      (error: unknown) => {
        const details = { runId: queued.id, error: error instanceof Error ? error.message : String(error) };
        logger.error(details, 'The queued LDAP sync could not be started');
      },
    );
    keep(queued.id, queued, ended);
  }

  function keep(runId: string, { stop, cancel }: Pick<OwnRun, 'stop' | 'cancel'>, done: Promise<void>): void {
    const run: OwnRun = {
      stop,
      cancel,
      ended: done.finally(() => {
        if (own.get(runId) === run) own.delete(runId);
      }),
    };
    own.set(runId, run);
  }

  /** Waits until a run has ended. It asks the database, because the run may be on another host. */
  async function untilEnded(runId: string): Promise<void> {
    await own.get(runId)?.ended;
    for (;;) {
      const state = (await runs.summary(runId))?.state;
      if (state === undefined || !isUnderWay(state)) return;
      await new Promise((resolve) => setTimeout(resolve, JOINED_POLL_MS));
    }
  }

  return {
    start,

    async run(request) {
      const { runId } = await start(request);
      await untilEnded(runId);
      const report = await runs.get(runId);
      if (report) return report;
      throw new LdapSyncError('lease-lost', `The report of run ${runId} is gone.`, {
        remedy: 'Run the sync again.',
      });
    },

    async cancel(runId, by) {
      const ownRun = own.get(runId);
      const isGoing = await runs.requestCancel(runId, by);
      ownRun?.cancel(by);
      if (ownRun || isGoing) return;
      const run = await runs.summary(runId);
      if (!run)
        throw new LdapSyncError('run-not-found', 'Run not found', {
          remedy: 'ldap.listRuns gives the ids of runs.',
        });
      throw new LdapSyncError('run-not-running', `The run is not going any more; it ended ${run.state}.`, {
        remedy: 'Nothing; what it did is in ldap.runInfo.',
      });
    },

    async stop() {
      isStopped = true;
      for (const run of own.values()) run.stop();
      await Promise.all([...own.values()].map(({ ended }) => ended));
    },
  };
}

function shuttingDown(): LdapSyncError {
  return new LdapSyncError('run-stopped', 'The host is shutting down.', {
    remedy: 'Try again when it is up.',
  });
}
