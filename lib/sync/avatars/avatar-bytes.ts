import { mongo, type Connection } from 'mongoose';
import { openCollection } from '../../../models/database.js';
import { fenceWrites, type FencedWrites, type WritePermit } from '../run/fenced-writes.js';

/** The pictures themselves: Rocket.Chat's GridFS bucket `rocketchat_avatars`, whose ids are strings. */
export interface AvatarBytes {
  /** After a failure, parts may stay under the id until `remove`. */
  upload(id: string, image: Buffer, contentType: string): Promise<void>;
  /** Ids that are not there, or only in part, are no failure. */
  remove(ids: readonly string[]): Promise<void>;
}

const BUCKET = 'rocketchat_avatars';
/** The driver cuts files into parts of this size. */
const CHUNK_BYTES = 255 * 1024;

export function createAvatarBytes(connection: Connection, permit: WritePermit): AvatarBytes {
  const writes = (part: 'files' | 'chunks'): FencedWrites =>
    fenceWrites(openCollection(connection, `${BUCKET}.${part}`), permit);

  return {
    // Follows the GridFS specification, but does not use the driver's stream: the stream writes one part
    // after the other, and no permit can be asked for in between.
    async upload(id, image, contentType) {
      await writes('chunks').insertMany(toChunks(id, image));
      // Rocket.Chat uses the id as file name too.
      const file = {
        _id: id,
        length: image.length,
        chunkSize: CHUNK_BYTES,
        uploadDate: new Date(),
        filename: id,
        metadata: { contentType },
      };
      await writes('files').insertOne(file);
    },

    // Does not use `bucket.delete`: that deletes one file at a time, and rejects for a file that a crash has
    // left half removed.
    async remove(ids) {
      await writes('files').deleteMany({ _id: { $in: ids } });
      await writes('chunks').deleteMany({ files_id: { $in: ids } });
    },
  };
}

function toChunks(id: string, image: Buffer): object[] {
  const count = Math.ceil(image.length / CHUNK_BYTES);
  return Array.from({ length: count }, (_, n) => ({
    _id: new mongo.ObjectId(),
    files_id: id,
    n,
    data: new mongo.Binary(image.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES)),
  }));
}
