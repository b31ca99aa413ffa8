import type { RunProblem } from '../../models/run-report.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import { compareAdditions } from './compare-additions.js';
import { isRefused, isUnread, type Swept } from './conclude-sync.js';
import { toSettledStates } from './newly-counting.js';
import { applyPlan } from './removals/apply-plan.js';
import type { RemovalDependencies } from './removals/removal-dependencies.js';
import type { RunDependencies } from './run-dependencies.js';
import type { RunEnd } from './run/run-end.js';
import type { Trial } from './run/trial.js';

type Dependencies = Pick<RunDependencies, 'runs'>;

/** The end of an application: the settings of its plan are saved, and the removals of the plan are done. */
export async function concludePlan(
  { state, end, isSomebodyThere }: Swept,
  removing: RemovalDependencies,
  { runs }: Dependencies,
): Promise<RunEnd> {
  const { run, changes, settings, phase } = removing;
  const { trial, of: previewId = '', tally } = run;
  if (!isSomebodyThere || isUnread(state, end) || isRefused(settings, tally)) {
    tellUnsaved(trial, tally);
    return { state: 'failed' };
  }
  const followers = await runs.followersOf(previewId, 'application');
  const earlier = followers.filter((id) => id !== run.id);
  const { save, changeId, tellUndone } = createSaving(removing, runs);
  const applied = await phase('guard', () =>
    applyPlan({ state, end, previewId, earlier, save }, removing).catch((error: unknown) => {
      tellUndone();
      throw error;
    }),
  );
  if (applied.kind === 'refused') {
    tellUnsaved(trial, tally);
    return { state: 'held', held: applied.held.held };
  }
  const { waiting, removals } = applied;
  const additions = await compareAdditions({ previewId, earlier, runId: run.id }, { changes, tally }).catch(
    (error: unknown) => {
      // All is done, and what waits has to be held.
      tally.problem(toNotCompared(error));
      return { notWanted: {}, notPlanned: {} };
    },
  );
  return {
    ...(waiting ? { state: 'held', held: waiting.held } : toCompleted(settings)),
    ...changeId(),
    plan: { removals, additions },
    stateAttributes: toSettledStates(settings, state),
  };
}

function toNotCompared(error: unknown): RunProblem {
  const { message } = error instanceof Error ? error : { message: String(error) };
  return {
    message: `What was written could not be compared with the preview: ${message}`,
    remedy: 'Nothing; the lists of both runs (ldap.runChanges) show it.',
  };
}

function toCompleted({ policy: { syncUsers, keepUpdated } }: SyncSettings): RunEnd {
  return { state: 'completed', weighed: syncUsers && keepUpdated };
}

/** Saves the settings of the plan, and notes the change in the record of the run at once. */
function createSaving(
  { run: { id, trial, tally } }: RemovalDependencies,
  runs: Pick<RunDependencies['runs'], 'noteSettingsChange'>,
) {
  let isSaved = false;
  let changeId: string | undefined;
  return {
    async save() {
      changeId = await trial?.save?.();
      isSaved = true;
      if (changeId !== undefined) await runs.noteSettingsChange(id, changeId);
    },
    changeId: () => (changeId === undefined ? {} : { settingsChange: changeId }),
    /** For a run that ends in the middle of the removals. */
    tellUndone() {
      if (!isSaved) return tellUnsaved(trial, tally);
      tally.problem({
        message: `${changeId === undefined ? '' : `The settings are saved (change ${changeId}). `}It is not certain that all removals of the preview have been done.`,
        remedy:
          'Mend what is named here, and apply the same preview again: what is done is not done twice. Or go back: ' +
          'ldap.restoreSettings for the settings, ldap.revertRun for the people.',
      });
    },
  };
}

function tellUnsaved(trial: Trial | undefined, tally: RemovalDependencies['run']['tally']): void {
  const list =
    'no removal of the preview was done. What was added or corrected stays until the next sync decides.';
  tally.problem({
    message: trial?.unsaved.length ? `The settings are not saved, and ${list}` : `N${list.slice(1)}`,
    remedy: 'Mend what is named here, and apply the same preview again, or make another one.',
  });
}
