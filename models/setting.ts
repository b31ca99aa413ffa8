import { Schema, type Connection, type Model } from 'mongoose';
import { MODEL_PREFIX } from './names.js';

/** A document of `rocketchat_settings`; `_id` is the setting's id. */
export interface SettingRecord {
  _id: string;
  value?: unknown;
}

const schema = new Schema<SettingRecord>(
  { _id: String, value: Schema.Types.Mixed },
  { collection: 'rocketchat_settings', autoIndex: false, autoCreate: false, versionKey: false },
);

export function settingModel(connection: Connection): Model<SettingRecord> {
  return connection.model<SettingRecord>(`${MODEL_PREFIX}Setting`, schema);
}
