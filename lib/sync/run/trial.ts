import type { Settings } from '../../settings/settings.js';

/** Settings that are tried out in the place of the saved ones. Kept in memory, since they may hold secrets. */
export interface Trial {
  readonly settings: Settings;
  /** The ids of those that differ from the saved ones. */
  readonly unsaved: readonly string[];
}
