import type { Connection } from 'mongoose';
import { openCollection, type Collection } from './database.js';

/** A document of `rocketchat_settings`; `_id` is the setting's id. */
export interface SettingRecord {
  _id: string;
  value?: unknown;
}

/** The settings of the host. */
export function settingCollection(connection: Connection): Collection<SettingRecord> {
  return openCollection(connection, 'rocketchat_settings');
}
