import { buffer } from 'node:stream/consumers';
import { mongo, type Connection } from 'mongoose';
import type { AvatarRecord } from '../../models/avatar.js';

type Suffix = '' | '.files' | '.chunks';

/** Looks at, and leaves things in, the avatar collections of a test database. */
export interface AvatarTraces {
  collection(suffix: Suffix): ReturnType<typeof openCollection>;
  clear(): Promise<void>;
  /** The bytes of a file, by way of GridFS. */
  read(id: string): Promise<Buffer>;
  /** A file as another writer, or a crash, left it: the document as given, and these parts of the bytes. */
  leave(record: AvatarRecord & Record<string, unknown>, parts?: readonly Suffix[]): Promise<string>;
  documents(): Promise<string[]>;
  /** Documents, files and chunks exist for exactly these ids. */
  expectOnly(...ids: readonly string[]): Promise<void>;
}

function openCollection(connection: Connection, suffix: Suffix) {
  return connection.collection<{ _id: string }>(`rocketchat_avatars${suffix}`);
}

export function createAvatarTraces(connection: Connection): AvatarTraces {
  const collection = (suffix: Suffix) => openCollection(connection, suffix);
  const toIds = async (suffix: Suffix, field: string): Promise<string[]> =>
    (await collection(suffix).distinct(field)) as string[];

  return {
    collection,

    async clear() {
      for (const suffix of ['', '.files', '.chunks'] as const) await collection(suffix).deleteMany({});
    },

    read(id) {
      const bucket = new mongo.GridFSBucket(connection.db as mongo.Db, { bucketName: 'rocketchat_avatars' });
      return buffer(bucket.openDownloadStream(id as never));
    },

    async leave(record, parts = ['.files', '.chunks']) {
      await collection('').insertOne(record);
      if (parts.includes('.files')) await collection('.files').insertOne({ _id: record._id });
      if (parts.includes('.chunks')) {
        await collection('.chunks').insertOne({
          _id: `${record._id}-0`,
          files_id: record._id,
          n: 0,
        } as never);
      }
      return record._id;
    },

    documents: () => toIds('', '_id'),

    async expectOnly(...ids) {
      const found = [
        await toIds('', '_id'),
        await toIds('.files', '_id'),
        await toIds('.chunks', 'files_id'),
      ];
      for (const place of found) expect(place.toSorted()).toEqual(ids.toSorted());
    },
  };
}
