import type { Clock } from '../clock.js';
import type { Directory } from '../directory/directory.js';
import type { SettingProblem } from '../settings/settings.js';
import type { SyncSettings } from '../settings/sync-settings.js';

/** Where people are searched for, and what becomes of them. */
export interface AskedPeople {
  readonly directory: Directory;
  readonly signal: AbortSignal;
  readonly settings: Pick<SyncSettings, 'search' | 'survey' | 'mapping'>;
  /** `LDAP_User_Search_Filter` as it is written. */
  readonly filterText: string;
}

/** What a test asks, and with which settings. */
export interface AskedSettings extends AskedPeople {
  readonly settings: SyncSettings;
  readonly parsedWarnings: readonly SettingProblem[];
  readonly clock: Clock;
}
