import type { Connection } from 'mongoose';
import { settingCollection } from '../../models/setting.js';
import type { SettingsSource } from './settings.js';

/** All settings of LDAP are read, so that an unknown one is not passed over. Buttons are no settings. */
const OF_LDAP = { _id: { $regex: '^LDAP_' }, type: { $ne: 'action' } };

/** The default source: `rocketchat_settings`, one document a setting. */
export function createStoredSettings(connection: Connection): SettingsSource {
  return {
    async read(ids) {
      const wanted = { $or: [{ _id: { $in: [...ids] } }, OF_LDAP] };
      const documents = await settingCollection(connection)
        .find(wanted, { projection: { value: 1 } })
        .toArray();
      return new Map(documents.map((document) => [document._id, document.value]));
    },
  };
}
