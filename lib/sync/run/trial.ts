import type { Settings } from '../../settings/settings.js';

/** Settings that are tried out in the place of the saved ones. Kept in memory, since they may hold secrets. */
export interface Trial {
  readonly settings: Settings;
  /** The ids of those that differ from the saved ones. */
  readonly unsaved: readonly string[];
  /**
   * Of an application: saves them, once however often it is asked, and resolves with the id of the change, if there
   * was anything to save. Rejects with an `LdapSyncError` where settings have been changed since the preview.
   */
  readonly save?: () => Promise<string | undefined>;
}

/** As a report has them; an application may have none. */
export function toUnsaved(trial: Trial | undefined): { readonly unsaved?: readonly string[] } {
  return trial && trial.unsaved.length > 0 ? { unsaved: trial.unsaved } : {};
}
