import type { RemovalDependencies } from './removals/removal-dependencies.js';
import type { RunDependencies } from './run-dependencies.js';
import type { ActiveRun } from './run/active-run.js';

/** How an application saves the settings of its plan. */
export interface Saving {
  /** Notes the change in the record of the run at once. */
  save(): Promise<void>;
  changeId(): { readonly settingsChange?: string };
  /** For a run that ends in the middle of the removals. */
  tellUndone(): void;
}

export function createSaving(
  { run }: Pick<RemovalDependencies, 'run'>,
  runs: Pick<RunDependencies['runs'], 'noteSettingsChange'>,
): Saving {
  const { id, trial, tally } = run;
  let isSaved = false;
  let changeId: string | undefined;
  return {
    async save() {
      const saved = await trial?.save?.();
      changeId = saved?.changeId;
      isSaved = true;
      if (changeId !== undefined) await runs.noteSettingsChange(id, changeId);
      const known = new Set(tally.snapshot().problems.map(({ message }) => message));
      for (const warning of saved?.warnings ?? []) if (!known.has(warning.message)) tally.problem(warning);
    },
    changeId: () => (changeId === undefined ? {} : { settingsChange: changeId }),
    tellUndone() {
      if (!isSaved) return tellUnsaved(run);
      const saved = changeId === undefined ? '' : `The settings are saved (change ${changeId}). `;
      tally.problem({
        message: `${saved}It is not certain that all removals of the preview have been done.`,
        remedy:
          'Mend what is named here, and apply the same preview again: what is done is not done twice. Or go back: ' +
          'ldap.restoreSettings for the settings, ldap.revertRun for the people.',
      });
    },
  };
}

export function tellUnsaved({ trial, tally }: Pick<ActiveRun, 'trial' | 'tally'>): void {
  const list =
    'no removal of the preview was done. What was added or corrected stays until the next sync decides.';
  tally.problem({
    message: trial?.unsaved.length ? `The settings are not saved, and ${list}` : `N${list.slice(1)}`,
    remedy: 'Mend what is named here, and apply the same preview again, or make another one.',
  });
}
