import type { Connection } from 'mongoose';
import { avatarCollection, type AvatarRecord } from '../../../models/avatar.js';
import type { UserRecord } from '../../../models/user.js';
import { groupByOwner, toOwnersFilters } from './owned-photos.js';
import { createPhotoBytes } from './photo-bytes.js';
import { PHOTO_LIMITS } from './photo-limits.js';

/** The user whose picture is asked for. */
export type AvatarOwner = Pick<UserRecord, '_id' | 'username' | 'avatarETag'>;

/**
 * The picture that the chat server shows of a user, as it is stored. `undefined`: there is none; `elsewhere`: its
 * bytes are not in the database. Writes nothing.
 */
export type ReadAvatar = (user: AvatarOwner) => Promise<Buffer | 'elsewhere' | undefined>;

/** Rocket.Chat's GridFS store of avatars; with another one (S3, file system) only the document is here. */
const IN_DATABASE = /^GridFS:/;
/** A user has one picture, and for a moment one that is being replaced. */
const MAX_FILES = 20;

export function createReadAvatar(connection: Connection): ReadAvatar {
  const bytes = createPhotoBytes(connection);

  return async ({ _id: userId, username, avatarETag }) => {
    if (username === undefined) return undefined;
    const owner = { userId, username };
    const found = await avatarCollection(connection)
      .find({ $or: toOwnersFilters([owner]) })
      .limit(MAX_FILES)
      .toArray();
    const file = findShown(groupByOwner(found)(owner), avatarETag);
    if (!file) return undefined;
    if (file.store !== undefined && !IN_DATABASE.test(file.store)) return 'elsewhere';
    return bytes.read(file._id, PHOTO_LIMITS.bytes);
  };
}

/** The one that the user document names, else the newest. */
function findShown(files: readonly AvatarRecord[], etag: string | undefined): AvatarRecord | undefined {
  const whole = files.filter(({ complete, uploading }) => complete !== false && uploading !== true);
  const newest = [...whole].sort((one, other) => toTime(other) - toTime(one));
  return newest.find((file) => etag !== undefined && file.etag === etag) ?? newest[0];
}

function toTime({ uploadedAt }: AvatarRecord): number {
  return uploadedAt instanceof Date ? uploadedAt.getTime() : 0;
}
