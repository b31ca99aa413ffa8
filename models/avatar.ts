import { Schema, type Connection, type Model } from 'mongoose';
import { MODEL_PREFIX } from './names.js';

/**
 * A document of `rocketchat_avatars`: what is known of one picture, whose bytes lie in the GridFS bucket of
 * the same name under the same `_id`. Rocket.Chat serves the document it finds by `name` or by `userId`.
 */
export interface AvatarRecord {
  /** 17 characters. */
  _id: string;
  /** The owner's user name; `room-…` for a room's picture. */
  name?: string;
  userId?: string;
  type?: string;
  /** Bytes. */
  size?: number;
  etag?: string;
  /** Which of Rocket.Chat's file stores holds the bytes. */
  store?: string;
  complete?: boolean;
  uploading?: boolean;
  progress?: number;
  extension?: string;
  path?: string;
  url?: string;
  uploadedAt?: Date;
  _updatedAt?: Date;
}

const schema = new Schema<AvatarRecord>(
  { _id: String, name: String, userId: String },
  {
    collection: 'rocketchat_avatars',
    autoIndex: false,
    autoCreate: false,
    versionKey: false,
    strict: 'throw',
  },
);
// Both as Rocket.Chat declares them.
schema.index({ name: 1 }, { sparse: true });
schema.index({ userId: 1 }, { sparse: true });

/**
 * The avatars of the host, on the host's connection. Reads and writes go through `.collection`, as with the
 * users.
 */
export function avatarModel(connection: Connection): Model<AvatarRecord> {
  return connection.model<AvatarRecord>(`${MODEL_PREFIX}Avatar`, schema);
}
