import { LdapSyncError } from '../errors.js';
import type { ActiveRun } from './active-run.js';
import type { Requester, RunReport } from './report.js';
import type { RunRequest } from './run-log.js';
import type { SyncDependencies } from './run-dependencies.js';
import { conductRun } from './run.js';

/** Starts runs and lets them go on by themselves. */
export interface SyncService {
  /**
   * Starts a run, or joins the one that is going; resolves as soon as that is known. `began` is called once the run is
   * sure to be this caller's, before it does anything; should it reject, the run ends and so does this call.
   */
  start(
    request: RunRequest,
    began?: (runId: string) => Promise<void>,
  ): Promise<{ readonly runId: string; readonly isJoined: boolean }>;
  /** Starts or joins a run and resolves with its report when it has ended. */
  run(request: RunRequest): Promise<RunReport>;
  /** Asks a run to end within a page, on whichever host it is. */
  cancel(runId: string, by: Requester): Promise<void>;
  /** Ends what runs here, marks it interrupted, and refuses to start anything else. */
  stop(): Promise<void>;
}

const JOINED_POLL_MS = 500;

export function createSyncService(dependencies: SyncDependencies): SyncService {
  const { runs } = dependencies;
  const ongoing = new Map<ActiveRun, Promise<void>>();
  let isStopped = false;
  const hasStopped = (): boolean => isStopped;

  async function start(
    request: RunRequest,
    began?: (runId: string) => Promise<void>,
  ): Promise<{ runId: string; isJoined: boolean; ended: Promise<void> | undefined }> {
    if (hasStopped())
      throw new LdapSyncError('run-stopped', 'The host is shutting down.', {
        remedy: 'Try again when it is up.',
      });
    const { runId, active } = await runs.start(request);
    if (!active) return { runId, isJoined: true, ended: [...ongoing].find(([run]) => run.id === runId)?.[1] };
    if (hasStopped()) active.stop();
    try {
      await began?.(runId);
    } catch (error) {
      if (error instanceof LdapSyncError)
        active.tally.problem({ message: error.message, remedy: error.remedy ?? 'Look at the newest run.' });
      await active.finish({ state: 'failed' });
      throw error;
    }
    if (hasStopped()) active.stop();
    const ended = conductRun(active, dependencies).finally(() => ongoing.delete(active));
    ongoing.set(active, ended);
    return { runId, isJoined: false, ended };
  }

  /** Another host is doing it. */
  async function waitFor(runId: string): Promise<void> {
    while ((await runs.summary(runId))?.state === 'running') {
      await new Promise((resolve) => setTimeout(resolve, JOINED_POLL_MS));
    }
  }

  return {
    start,

    async run(request) {
      const { runId, ended } = await start(request);
      await (ended ?? waitFor(runId));
      const report = await runs.get(runId);
      if (!report)
        throw new LdapSyncError('lease-lost', `The report of run ${runId} is gone.`, {
          remedy: 'Run the sync again.',
        });
      return report;
    },

    async cancel(runId, by) {
      const isHere = [...ongoing.keys()].find(({ id }) => id === runId);
      const isGoing = await runs.requestCancel(runId, by);
      isHere?.cancel(by);
      if (isHere || isGoing) return;
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
      for (const run of ongoing.keys()) run.stop();
      await Promise.all(ongoing.values());
    },
  };
}
