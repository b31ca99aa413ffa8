import type { AppliedPlan, RunProblem } from '../../models/run-report.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import type { AssertRowsKept } from './assert-rows-kept.js';
import { compareAdditions } from './compare-additions.js';
import { isRefused, isUnread, type Swept } from './conclude-sync.js';
import { toSettledStates } from './newly-counting.js';
import { applyPlan } from './removals/apply-plan.js';
import type { PlannedRows } from './removals/planned-rows.js';
import type { RemovalDependencies } from './removals/removal-dependencies.js';
import type { RunDependencies } from './run-dependencies.js';
import type { RunEnd } from './run/run-end.js';
import { createSaving, tellUnsaved } from './save-plan.js';

/** The preview that is applied. */
interface ReadPlan {
  readonly previewId: string;
  readonly rows: PlannedRows;
  readonly assertKept: AssertRowsKept;
}

type Dependencies = Pick<RunDependencies, 'runs'> & { readonly removing: RemovalDependencies };

/** The end of an application: the settings of its plan are saved, and the removals of the plan are done. */
export async function concludePlan(
  { state, end, isSomebodyThere }: Swept,
  plan: ReadPlan,
  { runs, removing }: Dependencies,
): Promise<RunEnd> {
  const { run, settings, phase } = removing;
  if (!isSomebodyThere || isUnread(state, end) || isRefused(settings, run.tally)) {
    tellUnsaved(run);
    return { state: 'failed' };
  }
  const followers = await runs.followersOf(plan.previewId, 'application');
  const earlier = followers.filter((id) => id !== run.id);
  const { save, changeId, tellUndone } = createSaving(removing, runs);
  const applying = { state, end, plan: { ...plan, earlier }, save };
  const applied = await phase('guard', () =>
    applyPlan(applying, removing).catch((error: unknown) => {
      tellUndone();
      throw error;
    }),
  );
  if (applied.kind === 'refused') {
    tellUnsaved(run);
    return { state: 'held', held: applied.held.held };
  }
  const { waiting, removals } = applied;
  const additions = await compareWritten({ ...plan, earlier }, removing);
  return {
    ...(waiting ? { state: 'held', held: waiting.held } : toCompleted(settings)),
    ...changeId(),
    plan: { removals, ...(additions ? { additions } : {}) },
    stateAttributes: toSettledStates(settings, state),
  };
}

/** `undefined`: they could not be compared. All is done by now, and what waits has to be held whatever happens here. */
async function compareWritten(
  { previewId, earlier, assertKept }: ReadPlan & { readonly earlier: readonly string[] },
  { run, changes }: RemovalDependencies,
): Promise<AppliedPlan['additions']> {
  try {
    const tell = await compareAdditions({ previewId, earlier, runId: run.id }, { changes, run });
    await assertKept();
    return tell(run.tally);
  } catch (error) {
    run.tally.problem(toNotCompared(error));
    return undefined;
  }
}

function toNotCompared(error: unknown): RunProblem {
  const { message } = error instanceof Error ? error : { message: String(error) };
  return {
    message: `What was written could not be compared with the preview: ${message}`,
    remedy:
      'Nothing; the removals are done, and the list of this run (ldap.runChanges) shows what was written.',
  };
}

function toCompleted({ policy: { syncUsers, keepUpdated } }: SyncSettings): RunEnd {
  return { state: 'completed', weighed: syncUsers && keepUpdated };
}
