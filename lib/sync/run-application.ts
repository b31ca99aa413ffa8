import type { SyncSettings } from '../settings/sync-settings.js';
import { createAssertRowsKept } from './assert-rows-kept.js';
import { concludePlan } from './conclude-plan.js';
import { readPlannedRows } from './removals/planned-rows.js';
import type { RunDependencies } from './run-dependencies.js';
import { runSync } from './run-sync.js';
import type { ActiveRun } from './run/active-run.js';
import type { RunEnd } from './run/run-end.js';

/**
 * The steps of a sync with the settings of a preview, until the sweep has ended. What the preview has shown is read
 * before, so that none of it expires meanwhile.
 */
export async function runApplication(
  run: ActiveRun,
  settings: SyncSettings,
  dependencies: RunDependencies,
): Promise<RunEnd> {
  const { of: previewId = '' } = run;
  const assertKept = createAssertRowsKept(previewId, settings.history, dependencies);
  const rows = await readPlannedRows(previewId, { changes: dependencies.changes, run });
  await assertKept();
  return runSync(run, settings, {
    ...dependencies,
    conclude: (swept, removing, others) =>
      concludePlan(swept, { previewId, rows, assertKept }, { ...others, removing }),
  });
}
