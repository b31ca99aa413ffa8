import { mongo, type Connection } from 'mongoose';
import { openCollection, type Collection } from '../../../models/database.js';

/** The pictures themselves: Rocket.Chat's GridFS bucket `rocketchat_avatars`, whose ids are strings. */
export interface PhotoBytes {
  /** After a failure, parts may stay under the id until `remove`. */
  upload(id: string, image: Buffer, contentType: string): Promise<void>;
  /** `undefined`: it is not there, or only in part, or larger than that. */
  read(id: string, mostBytes: number): Promise<Buffer | undefined>;
  /** Ids that are not there, or only in part, are no failure. */
  remove(ids: readonly string[]): Promise<void>;
}

const BUCKET = 'rocketchat_avatars';
/** The driver cuts files into parts of this size. */
const CHUNK_BYTES = 255 * 1024;

/** As bytes in their wrapping, whatever the connection of the host is set to; a few at a time. */
const CHUNKS_IN_ORDER = { sort: { n: 1 }, batchSize: 4, promoteBuffers: false } as const;

interface FileRecord {
  readonly _id: string;
  readonly length?: unknown;
}

interface ChunkRecord {
  readonly _id: never;
  readonly files_id: string;
  readonly n: number;
  readonly data: mongo.Binary;
}

export function createPhotoBytes(connection: Connection): PhotoBytes {
  const files = (): Collection<FileRecord> => openCollection(connection, `${BUCKET}.files`);
  const chunks = (): Collection<ChunkRecord> => openCollection(connection, `${BUCKET}.chunks`);

  return {
    // Follows the GridFS specification. The driver's stream looks for the bucket's indexes and writes one part
    // after the other, which is slow for many small pictures.
    async upload(id, image, contentType) {
      await chunks().insertMany(toChunks(id, image), { ordered: false });
      // Rocket.Chat uses the id as file name too.
      const file = {
        _id: id,
        length: image.length,
        chunkSize: CHUNK_BYTES,
        uploadDate: new Date(),
        filename: id,
        metadata: { contentType },
      };
      await files().insertOne(file);
    },

    // Part by part: a document may say any length.
    async read(id, mostBytes) {
      const file = await files().findOne({ _id: id }, { projection: { length: 1 } });
      const parts: Buffer[] = [];
      let bytes = 0;
      for await (const { data } of chunks().find({ files_id: id }, CHUNKS_IN_ORDER)) {
        const part = Buffer.from(data.value());
        parts.push(part);
        bytes += part.length;
        if (bytes > mostBytes) return undefined;
      }
      return file && bytes > 0 && bytes === file.length ? Buffer.concat(parts) : undefined;
    },

    // Does not use `bucket.delete`: that deletes one file at a time, and rejects for a file that a crash has
    // left half removed.
    async remove(ids) {
      await files().deleteMany({ _id: { $in: [...ids] } });
      await chunks().deleteMany({ files_id: { $in: [...ids] } });
    },
  };
}

function toChunks(id: string, image: Buffer): ChunkRecord[] {
  const count = Math.ceil(image.length / CHUNK_BYTES);
  return Array.from({ length: count }, (_, n) => ({
    _id: new mongo.ObjectId() as never,
    files_id: id,
    n,
    data: new mongo.Binary(image.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES)),
  }));
}
