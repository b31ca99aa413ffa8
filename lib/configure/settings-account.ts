import type { Connection, mongo } from 'mongoose';
import { isDuplicateKey } from '../../models/database-errors.js';
import type { DatabaseTime } from '../../models/database-time.js';
import type { Page } from '../../models/run-report.js';
import { settingsChangeCollection, type SettingsChangeRecord } from '../../models/settings-change.js';
import { LdapSyncError } from '../errors.js';
import { createRandomId } from '../random-id.js';
import type { SettingsSource } from '../settings/settings.js';

/** A change as it is told; its id, number and time come with the account. */
type Told = Omit<SettingsChangeRecord, '_id' | 'at' | 'number'>;

type Values = ReadonlyMap<string, boolean | number | string>;

/** Who changed which settings when. */
export interface SettingsAccount {
  newest(): Promise<Pick<SettingsChangeRecord, '_id' | 'number' | 'applies'> | undefined>;
  /** Newest first. */
  page(page: Page): Promise<readonly SettingsChangeRecord[]>;
  /** Newest first, as many as are kept. */
  all(): AsyncIterable<SettingsChangeRecord>;
  /**
   * Writes the values, and tells of it in the same transaction where the source has one. Rejects with
   * `settings-changed`, and has written nothing, when somebody else has changed settings since `after` was the newest
   * change.
   */
  write(values: Values, told: Told, after: number): Promise<string>;
}

interface Dependencies {
  readonly connection: Connection;
  readonly write: NonNullable<SettingsSource['write']>;
  readonly time: DatabaseTime;
}

/** Changes that are kept. */
const MAX_KEPT = 1_000;
const NEWEST_FIRST = { number: -1 } as const;

export function createSettingsAccount({ connection, write, time }: Dependencies): SettingsAccount {
  const changes = () => settingsChangeCollection(connection);

  return {
    async newest() {
      const found = await changes().findOne(
        {},
        { sort: NEWEST_FIRST, projection: { number: 1, applies: 1 } },
      );
      return found ?? undefined;
    },
    page: ({ count, offset }) => changes().find({}).sort(NEWEST_FIRST).skip(offset).limit(count).toArray(),
    all: () => changes().find({}).sort(NEWEST_FIRST),

    async write(values, told, after) {
      // Two changes at the same time have the same number, which the index allows one of them only.
      await changes().createIndex(NEWEST_FIRST, { unique: true });
      const record = { _id: createRandomId(), number: after + 1, at: await time(), ...told };
      const written: string[] = [];
      const tell = async (session?: mongo.ClientSession): Promise<void> => {
        await changes().insertOne(record, session ? { session } : {});
        written.push(record._id);
      };
      try {
        await write(values, tell);
        // A source of the host may have no transactions, and leave it out.
        if (written.length === 0) await tell();
      } catch (error) {
        throw isDuplicateKey(error) ? changedMeanwhile() : error;
      }
      // The change is made, whatever becomes of this; the next one does it again.
      await changes()
        .deleteMany({ number: { $lte: record.number - MAX_KEPT } })
        .catch(() => undefined);
      return record._id;
    },
  };
}

export function changedMeanwhile(): LdapSyncError {
  return new LdapSyncError('settings-changed', 'Somebody has changed the settings since they were read.', {
    remedy: 'Read ldap.settings again, and repeat the change.',
  });
}
