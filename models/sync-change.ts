import { Schema, type Connection, type Model } from 'mongoose';
import type { ChangeRow } from './change-row.js';
import { MODEL_PREFIX } from './names.js';

/** What a run did, or wants to do, to some people: a document of `ldap_sync_changes`. */
export interface SyncChangeRecord {
  /** `<runId>/p/<number>` for what was written as the pages came, `<runId>/r/<number>` for removals. */
  _id: string;
  at: Date;
  /** The database deletes the document then. */
  expiresAt: Date;
  rows: ChangeRow[];
}

const { Mixed } = Schema.Types;

const schema = new Schema<SyncChangeRecord>(
  { _id: String, at: Date, expiresAt: Date, rows: [Mixed] },
  {
    collection: 'ldap_sync_changes',
    autoIndex: false,
    autoCreate: false,
    versionKey: false,
    strict: 'throw',
    minimize: false,
  },
);

export function syncChangeModel(connection: Connection): Model<SyncChangeRecord> {
  return connection.model<SyncChangeRecord>(`${MODEL_PREFIX}Change`, schema);
}
