import { finished } from 'node:stream/promises';
import { mongo, type Connection } from 'mongoose';
import { LdapSyncError } from '../errors.js';

/** The pictures themselves: Rocket.Chat's GridFS bucket `rocketchat_avatars`, whose ids are strings. */
export interface AvatarBytes {
  /** After a failure, parts may lie about under the id until `remove`. */
  upload(id: string, image: Buffer, contentType: string): Promise<void>;
  /** Ids that are not there, or only in part, are no failure. */
  remove(ids: readonly string[]): Promise<void>;
}

const BUCKET = 'rocketchat_avatars';

export function createAvatarBytes(connection: Connection): AvatarBytes {
  let opened: { db: mongo.Db; bucket: mongo.GridFSBucket } | undefined;

  /** One bucket for all uploads: each new one looks for its indexes first. A reopened connection has another database object. */
  function openBucket(): mongo.GridFSBucket {
    const db = toDatabase(connection);
    if (opened?.db !== db) opened = { db, bucket: new mongo.GridFSBucket(db, { bucketName: BUCKET }) };
    return opened.bucket;
  }

  return {
    async upload(id, image, contentType) {
      // GridFS takes ids of any type; only the driver's typings insist on ObjectId. Rocket.Chat uses the id as file name too.
      const stream = openBucket().openUploadStreamWithId(id as never, id, { metadata: { contentType } });
      stream.end(image);
      await finished(stream);
    },

    // Not `bucket.delete`: it is one file at a time, and it rejects for what a crash has left half removed.
    async remove(ids) {
      const db = toDatabase(connection);
      await db.collection(`${BUCKET}.files`).deleteMany({ _id: { $in: ids as never[] } });
      await db.collection(`${BUCKET}.chunks`).deleteMany({ files_id: { $in: ids } });
    },
  };
}

function toDatabase(connection: Connection): mongo.Db {
  if (connection.db) return connection.db;
  throw new LdapSyncError('connection-not-open', 'The MongoDB connection is not open.', {
    remedy: 'Connect mongoose before the sync runs.',
  });
}
