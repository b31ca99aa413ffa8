import type { Settings } from '../../settings/settings.js';

/** Settings that are tried out in the place of the saved ones. Kept in memory, since they may hold secrets. */
export interface Trial {
  readonly settings: Settings;
  /** What is told of them: setting → value; `null`: a secret. */
  readonly unsaved: Readonly<Record<string, unknown>>;
}
