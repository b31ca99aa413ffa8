import { Schema, type Connection, type Model } from 'mongoose';
import { MODEL_PREFIX } from './names.js';

/** Who may write right now: the one document of `ldap_sync_lease`. All times are the database server's. */
export interface LeaseRecord {
  _id: 'ldap-sync';
  /** The run that holds the lease; `null` when nobody does. */
  runId: string | null;
  expiresAt: Date;
  /** Grows with every holder, so that a holder that slept can be told from its successor. */
  fence: number;
}

const schema = new Schema<LeaseRecord>(
  { _id: String, runId: String, expiresAt: Date, fence: Number },
  { collection: 'ldap_sync_lease', autoIndex: false, autoCreate: false, versionKey: false, strict: 'throw' },
);

export function leaseModel(connection: Connection): Model<LeaseRecord> {
  return connection.model<LeaseRecord>(`${MODEL_PREFIX}Lease`, schema);
}
