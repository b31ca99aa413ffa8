import type { RunProblem } from '../../../models/run-report.js';
import type { Settings } from '../../settings/settings.js';

/** Settings that are tried out in the place of the saved ones. Kept in memory, since they may hold secrets. */
export interface Trial {
  readonly settings: Settings;
  /** The ids of those that differ from the saved ones. */
  readonly unsaved: readonly string[];
  /**
   * Of an application: saves them, once however often it is asked. Rejects with an `LdapSyncError` where settings have
   * been changed since the preview.
   */
  readonly save?: () => Promise<SavedTrial>;
}

/** The settings of an application are saved. */
export interface SavedTrial {
  /** The id of the change; `undefined`: there was nothing to save. */
  readonly changeId: string | undefined;
  /** What is to be known of the change beside. */
  readonly warnings: readonly RunProblem[];
}

/** As a report has them; an application may have none. */
export function toUnsaved(trial: Trial | undefined): { readonly unsaved?: readonly string[] } {
  return trial && trial.unsaved.length > 0 ? { unsaved: trial.unsaved } : {};
}
