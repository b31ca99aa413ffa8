import type { Clock } from '../clock.js';
import { LdapSyncError, type LdapSyncErrorCode } from '../errors.js';
import { isUnderWay, type HeldDecision, type Requester, type RunSummary } from '../../models/run-report.js';
import type { RunLog } from './run/run-log.js';
import type { SyncService } from './sync-service.js';

/** What a person may decide about a run. All reject with an `LdapSyncError` that says why not. */
export interface Decisions {
  /**
   * Does the removals that a run held. `run-not-held`, `run-already-decided`, `run-overtaken`,
   * `run-in-progress`.
   */
  approve(runId: string, by: Requester): Promise<{ readonly runId: string }>;
  /** Closes a held run; nothing of its list happens. The same errors. */
  reject(runId: string, by: Requester): Promise<void>;
  /** Takes back what a run took away. `run-not-revertible`, `run-already-reverted`, `run-in-progress`. */
  revert(runId: string, by: Requester): Promise<{ readonly runId: string }>;
}

export function createDecisions({
  runs,
  service,
  clock,
}: {
  runs: RunLog;
  service: SyncService;
  clock: Clock;
}): Decisions {
  async function find(runId: string): Promise<RunSummary> {
    return (
      (await runs.summary(runId)) ??
      refuse('run-not-found', 'Run not found', 'ldap.listRuns gives the ids of runs.')
    );
  }

  async function findUndecided(runId: string): Promise<RunSummary> {
    const run = await find(runId);
    if (run.kind === 'preview') {
      refuse(
        'run-not-held',
        'This run was a preview: nothing waits for an approval.',
        'Start a sync (ldap.syncNow); should it be held, approve that run.',
      );
    }
    if (run.state !== 'held')
      refuse(
        'run-not-held',
        `This run is not held; it is ${run.state}.`,
        'Only a held run can be approved or rejected.',
      );
    if (run.held?.approvable !== true) {
      refuse(
        'run-not-held',
        'This run was held because not everybody could be read or told apart, so there is no list to ' +
          'approve.',
        'Mend what its problems name, then run the sync again.',
      );
    }
    if (run.decision && !(await isUnfinished(run.decision))) {
      const { verdict, by, at } = run.decision;
      refuse(
        'run-already-decided',
        `This run was ${verdict} by ${by.username ?? by._id} at ${at.toISOString()}.`,
        'Nothing; each list is decided once.',
      );
    }
    await assertNewest(run);
    return run;
  }

  /** An approval that died or found no directory may be given again. */
  async function isUnfinished({ verdict, runId }: HeldDecision): Promise<boolean> {
    const state =
      verdict === 'approved' && runId !== undefined ? (await runs.summary(runId))?.state : undefined;
    return state === 'failed' || state === 'interrupted' || state === 'cancelled';
  }

  async function assertNewest({ startedAt }: RunSummary): Promise<void> {
    const newer = await runs.newestSync(startedAt);
    if (newer) {
      refuse(
        'run-overtaken',
        `A newer run (${newer._id}) has seen the directory since.`,
        newer.state === 'held'
          ? `Decide about that run: ${newer._id}.`
          : 'Nothing; the newer run did what was still to be done.',
      );
    }
  }

  async function startOwn(
    request: { readonly kind: 'approval' | 'revert'; readonly of: string; readonly requestedBy: Requester },
    began?: (runId: string) => Promise<void>,
  ): Promise<{ runId: string }> {
    const { runId, outcome } = await service.start(request, began);
    if (outcome !== 'started')
      refuse(
        'run-in-progress',
        `A run is going (${runId}).`,
        'Wait until it has ended (ldap.runInfo), then try again.',
      );
    return { runId };
  }

  return {
    async approve(runId, by) {
      const run = await findUndecided(runId);
      return startOwn({ kind: 'approval', of: runId, requestedBy: by }, async (approvalId) => {
        // Checked again, because from here on no other run can be going.
        await assertNewest(run);
        await decide(run, { verdict: 'approved', by, at: clock(), runId: approvalId });
      });
    },

    async reject(runId, by) {
      await decide(await findUndecided(runId), { verdict: 'rejected', by, at: clock() });
    },

    async revert(runId, by) {
      const run = await find(runId);
      if (isUnderWay(run.state))
        refuse(
          'run-not-revertible',
          'This run is still going.',
          'Cancel it first (ldap.cancelRun), or wait until it has ended.',
        );
      if (run.kind !== 'sync' && run.kind !== 'approval') {
        refuse(
          'run-not-revertible',
          `This run is a ${run.kind}: it took nothing away.`,
          'Revert the sync or the approval that did.',
        );
      }
      if (run.state === 'held') {
        const approval = run.decision?.runId;
        refuse(
          'run-not-revertible',
          'This run was held: it took nothing away.',
          approval === undefined ? 'Nothing is to be reverted.' : `Revert the approval of it: ${approval}.`,
        );
      }
      if (run.revertedBy !== undefined)
        refuse(
          'run-already-reverted',
          `This run was reverted by ${run.revertedBy}.`,
          'Look there who could not be restored.',
        );
      return startOwn({ kind: 'revert', of: runId, requestedBy: by });
    },
  };

  async function decide(run: RunSummary, decision: HeldDecision): Promise<void> {
    if (await runs.decide(run._id, decision, run.decision)) return;
    refuse(
      'run-already-decided',
      'Somebody else decided about this run in the same moment.',
      'Look at it with ldap.runInfo.',
    );
  }
}

function refuse(code: LdapSyncErrorCode, message: string, remedy: string): never {
  throw new LdapSyncError(code, message, { remedy });
}
