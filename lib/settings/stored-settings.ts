import type { Connection } from 'mongoose';
import { settingModel } from '../../models/setting.js';
import type { SettingsSource } from './settings.js';

/** The default source: `rocketchat_settings`, one document a setting. */
export function createStoredSettings(connection: Connection): SettingsSource {
  const model = settingModel(connection);
  return {
    async read(ids) {
      const documents = await model.find({ _id: { $in: [...ids] } }, { value: 1 }).lean();
      return new Map(documents.map((document) => [document._id, document.value]));
    },
  };
}
