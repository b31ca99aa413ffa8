import type { Connection } from 'mongoose';
import { openSession, TRANSACTION_OPTIONS } from '../../models/database.js';
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
    async write(values, tell) {
      const now = new Date();
      const updates = [...values].map(([id, value]) => ({
        updateOne: {
          filter: { _id: id },
          update: { $set: { value, _updatedAt: now }, $setOnInsert: { ts: now } },
          upsert: true,
        },
      }));
      const session = openSession(connection);
      try {
        await session.withTransaction(async () => {
          await settingCollection(connection).bulkWrite(updates, { session });
          await tell(session);
        }, TRANSACTION_OPTIONS);
      } finally {
        await session.endSession();
      }
    },
  };
}
