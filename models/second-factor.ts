import { Schema, type Connection, type Model } from 'mongoose';
import { MODEL_PREFIX } from './names.js';

/** What all hosts have to know of a user's second factor: a document of `ldap_sync_second_factor`. */
export interface SecondFactorRecord {
  /** `users._id` */
  _id: string;
  /** Attempts in the window that have not turned out right. */
  failures?: number;
  windowEndsAt?: Date;
  /** The TOTP time step (RFC 6238) that was used last. */
  lastTotpStep?: number;
}

const schema = new Schema<SecondFactorRecord>(
  { _id: String, failures: Number, windowEndsAt: Date, lastTotpStep: Number },
  {
    collection: 'ldap_sync_second_factor',
    autoIndex: false,
    autoCreate: false,
    versionKey: false,
    strict: 'throw',
  },
);

export function secondFactorModel(connection: Connection): Model<SecondFactorRecord> {
  return connection.model<SecondFactorRecord>(`${MODEL_PREFIX}SecondFactor`, schema);
}
