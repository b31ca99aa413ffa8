import type { Requester } from '../../models/run-report.js';
import { refuse } from '../sync/assert-decidable.js';
import type { ChangeHistory } from '../sync/history/change-history.js';
import type { RunLog } from '../sync/run/run-log.js';
import { startAlone } from '../sync/start-alone.js';
import type { SyncService } from '../sync/sync-service.js';
import { assertApplicable, assertFits, assertNotApplied } from './assert-applicable.js';
import type { SettingValues } from './check-changes.js';
import type { Plans } from './plans.js';

export interface AskedPlan {
  /** The run of the preview. */
  readonly runId: string;
  /** The secrets that the preview was made with; they are kept nowhere. */
  readonly secrets?: SettingValues;
}

/**
 * Starts a run that applies a preview. Rejects with an `LdapSyncError` where it may not: `run-not-found`,
 * `plan-not-applicable`, `plan-already-applied`, `plan-expired`, `plan-outdated`, `invalid-settings`,
 * `settings-read-only`, `run-in-progress`; nothing has been sent anywhere then.
 */
export type ApplyPlan = (asked: AskedPlan, by: Requester) => Promise<{ readonly runId: string }>;

interface Dependencies {
  readonly runs: RunLog;
  readonly service: SyncService;
  readonly plans: Plans;
  readonly history: Pick<ChangeHistory, 'countRemovals'>;
}

export function createApplyPlan({ runs, service, plans, history }: Dependencies): ApplyPlan {
  return async ({ runId, secrets = new Map() }, by) => {
    const preview = await runs.summary(runId);
    if (!preview) refuse('run-not-found', 'Run not found', 'ldap.listRuns gives the ids of runs.');
    assertApplicable(preview);
    await assertNotApplied(runId, runs);
    assertFits(await history.countRemovals(runId));
    const plan = await plans.open(runId, secrets);
    const request = { kind: 'application', of: runId, requestedBy: by, trial: plan.toTrial(by) } as const;
    return startAlone(service, request, async () => {
      // Checked again, because from here on no other run can be going.
      await assertNotApplied(runId, runs);
      await plan.assertCurrent();
    });
  };
}
