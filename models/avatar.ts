import type { Connection } from 'mongoose';
import { openCollection, type Collection } from './database.js';

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

/** What is known of the host's avatars. */
export function avatarCollection(connection: Connection): Collection<AvatarRecord> {
  return openCollection(connection, 'rocketchat_avatars');
}
