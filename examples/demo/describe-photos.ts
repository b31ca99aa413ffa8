import { buffer } from 'node:stream/consumers';
import { mongo, type Connection } from 'mongoose';
import sharp from 'sharp';
import type { AvatarRecord } from '../../models/avatar.js';
import type { ShownPerson } from './people.js';

/** The photos of these people in words, by user id: `160×160 JPEG, 3.1 kB`. */
export async function describePhotos(
  connection: Connection,
  people: readonly ShownPerson[],
): Promise<ReadonlyMap<string, string>> {
  const avatars = connection.collection<AvatarRecord>('rocketchat_avatars');
  const bucket = new mongo.GridFSBucket(connection.db as mongo.Db, { bucketName: 'rocketchat_avatars' });
  const described = new Map<string, string>();
  // One after the other: a photo may be large.
  for (const { userId, photo } of people) {
    const file = photo === '' ? null : await avatars.findOne({ userId, etag: photo });
    if (file)
      described.set(userId, await describeImage(await buffer(bucket.openDownloadStream(file._id as never))));
  }
  return described;
}

async function describeImage(image: Buffer): Promise<string> {
  const { width, height, format } = await sharp(image).metadata();
  return `${width}×${height} ${format.toUpperCase()}, ${(image.length / 1_000).toFixed(1)} kB`;
}
