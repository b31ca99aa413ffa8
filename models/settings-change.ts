import type { Connection } from 'mongoose';
import { openCollection, type Collection } from './database.js';
import type { Requester } from './run-report.js';

/** One setting of a change. Values are as they were stored; `null`: nothing was stored. */
export type SettingChange =
  | { readonly setting: string; readonly from: unknown; readonly to: unknown }
  /** Of a secret only that it was changed. */
  | { readonly setting: string; readonly isSecret: true };

/** Who changed which settings when: a document each in `ldap_sync_settings_changes`. */
export interface SettingsChangeRecord {
  _id: string;
  /** Grows by one with each change. */
  number: number;
  /** By the database server's time. */
  at: Date;
  by: Requester;
  changes: readonly SettingChange[];
  /** The change that was taken back by this one, with all that came after it. */
  restores?: string;
  /** The preview whose settings were saved by it. */
  applies?: string;
}

export function settingsChangeCollection(connection: Connection): Collection<SettingsChangeRecord> {
  return openCollection(connection, 'ldap_sync_settings_changes');
}
