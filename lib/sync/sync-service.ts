import type { Logger } from '../logger.js';
import type { ActiveRun } from './active-run.js';
import { LdapSyncError } from '../errors.js';
import type { Requester, RunReport } from './report.js';
import type { RunLog } from './run-log.js';
import { runSync, type SyncDependencies } from './run-sync.js';

/** Starts runs and lets them go on by themselves. */
export interface SyncService {
  /** Starts a run, or joins the one that is going; resolves as soon as that is known. */
  start(requestedBy: Requester): Promise<{ readonly runId: string }>;
  /** Starts or joins a run and resolves with its report when it has ended. */
  sync(requestedBy: Requester): Promise<RunReport>;
  /** Ends what runs here, marks it interrupted, and refuses to start anything else. */
  stop(): Promise<void>;
}

const JOINED_POLL_MS = 500;

export function createSyncService(runs: RunLog, dependencies: SyncDependencies & { readonly logger: Logger }): SyncService {
  const ongoing = new Map<ActiveRun, Promise<void>>();
  let isStopped = false;
  const hasStopped = (): boolean => isStopped;

  async function start(requestedBy: Requester): Promise<{ runId: string; ended: Promise<void> | undefined }> {
    if (hasStopped()) throw new LdapSyncError('run-stopped', 'The host is shutting down.', { remedy: 'Try again when it is up.' });
    const { runId, active } = await runs.start(requestedBy);
    if (!active) return { runId, ended: [...ongoing].find(([run]) => run.id === runId)?.[1] };
    if (hasStopped()) active.stop();
    const ended = runSync(active, dependencies).finally(() => ongoing.delete(active));
    ongoing.set(active, ended);
    return { runId, ended };
  }

  /** Another host is doing it. */
  async function waitFor(runId: string): Promise<void> {
    while ((await runs.get(runId))?.state === 'running') {
      await new Promise((resolve) => setTimeout(resolve, JOINED_POLL_MS));
    }
  }

  return {
    start,

    async sync(requestedBy) {
      const { runId, ended } = await start(requestedBy);
      await (ended ?? waitFor(runId));
      const report = await runs.get(runId);
      if (!report) throw new LdapSyncError('lease-lost', `The report of run ${runId} is gone.`, { remedy: 'Run the sync again.' });
      return report;
    },

    async stop() {
      isStopped = true;
      for (const run of ongoing.keys()) run.stop();
      await Promise.all(ongoing.values());
    },
  };
}
