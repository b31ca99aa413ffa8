import type { Clock } from '../clock.js';
import type { Directory } from '../directory/directory.js';
import type { SettingProblem } from '../settings/settings.js';
import type { SyncSettings } from '../settings/sync-settings.js';

/** What a test asks, and with which settings. */
export interface AskedSettings {
  readonly directory: Directory;
  readonly signal: AbortSignal;
  readonly settings: SyncSettings;
  /** `LDAP_User_Search_Filter` as it is written. */
  readonly filterText: string;
  readonly parsedWarnings: readonly SettingProblem[];
  readonly clock: Clock;
}
