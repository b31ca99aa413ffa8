import { finished } from 'node:stream/promises';
import { mongo, type Connection } from 'mongoose';
import { avatarModel, type AvatarRecord } from '../../models/avatar.js';
import type { Clock } from '../clock.js';
import { LdapSyncError } from '../errors.js';
import { createRandomId } from '../random-id.js';

export interface AvatarFile {
  /** `users._id` */
  readonly userId: string;
  readonly username: string;
  readonly image: Buffer;
  /** Hex SHA-256 of the directory photo; goes into `users.avatarETag` too. */
  readonly etag: string;
  readonly type: 'image/jpeg';
}

/** Where avatars live. The user document points at a file through `avatarETag`. */
export interface AvatarStore {
  /** Writes the new file; the old one stays until `removeOthers`. Returns the new file's id. */
  write(avatar: AvatarFile): Promise<string>;
  /** Once the user document points at the new file: deletes the user's other avatar files. */
  removeOthers(owner: { userId: string; username: string }, keepId: string): Promise<void>;
  /** The owner's user name changed. */
  rename(userId: string, username: string): Promise<void>;
}

const BUCKET = 'rocketchat_avatars';
const STORE = 'GridFS:Avatars';
/** An upload takes milliseconds; one that is still under way after this long was cut off by a crash. */
const ABANDONED_AFTER_MS = 60 * 60 * 1_000;
/** Pictures of rooms and of address-book contacts; the latter carry the user's id as well. */
const PICTURE_OF_SOMETHING_ELSE = { rid: { $ne: null }, contactId: { $ne: null }, externalId: { $ne: null } };

/**
 * Avatars as Rocket.Chat's GridFS store keeps them: a document in `rocketchat_avatars`, the bytes in the bucket of that name.
 *
 * Before bytes come and before they go, the document is *parked*: it carries a name no user has and no `userId`, so that
 * nobody is served half a file, and so that a crash at any point leaves a parked document, which the next `removeOthers`
 * of that user deletes with its bytes.
 *
 * @throws LdapSyncError `connection-not-open` from every method while the connection is closed.
 */
export function createGridFsAvatarStore({ connection, clock }: { connection: Connection; clock: Clock }): AvatarStore {
  const avatars = avatarModel(connection).collection;

  async function upload(id: string, image: Buffer, type: string): Promise<void> {
    const bucket = new mongo.GridFSBucket(toDatabase(connection), { bucketName: BUCKET });
    // The driver takes ids of any type; only its typings insist on ObjectId.
    const stream = bucket.openUploadStreamWithId(id as never, id, { contentType: type } as object);
    stream.end(image);
    await finished(stream);
  }

  /** In this order, so that a crash in between leaves the parked document to try again with. */
  async function discard(ids: readonly string[]): Promise<void> {
    const db = toDatabase(connection);
    await db.collection(`${BUCKET}.files`).deleteMany({ _id: { $in: ids as never[] } });
    await db.collection(`${BUCKET}.chunks`).deleteMany({ files_id: { $in: ids } });
    await avatars.deleteMany({ _id: { $in: ids as never[] } });
  }

  return {
    async write({ userId, username, image, etag, type }) {
      const _id = createRandomId();
      const parked = { name: toParkedName(userId), complete: false, uploading: true };
      await avatars.insertOne({ _id, ...parked, store: STORE, uploadedAt: clock() } as never);
      try {
        await upload(_id, image, type);
        const { matchedCount } = await avatars.updateOne(
          { _id: _id as never, name: parked.name },
          { $set: toRecord({ _id, name: username, userId, type, etag, size: image.length }, clock()) },
        );
        if (matchedCount === 0) throw new Error('The avatar was removed while it was being uploaded.');
      } catch (error) {
        await discard([_id]).catch(() => undefined);
        throw error;
      }
      return _id;
    },

    async removeOthers({ userId, username }, keepId) {
      const parkedName = toParkedName(userId);
      const files = (await avatars
        .find({
          $or: [{ userId, name: { $ne: null } }, { name: username, userId: null }, { name: parkedName }],
          $nor: toAlternatives(PICTURE_OF_SOMETHING_ELSE),
        })
        .toArray()) as unknown as AvatarRecord[];
      const kept = files.find(({ _id }) => _id === keepId);
      if (!kept) return;
      const now = clock();
      const outdated = files.filter((file) => isOutdated(file, kept, now)).map(({ _id }) => _id);
      if (outdated.length === 0) return;
      await avatars.updateMany(
        { _id: { $in: outdated as never[] } },
        { $set: { name: parkedName, complete: false, uploading: false }, $unset: { userId: 1, etag: 1 } },
      );
      await discard(outdated);
    },

    async rename(userId, username) {
      await avatars.updateMany(
        { userId, name: { $nin: [null, username] }, $nor: toAlternatives(PICTURE_OF_SOMETHING_ELSE) },
        { $set: { name: username, _updatedAt: clock() } },
      );
    },
  };
}

/** A file without a user id of its own is found by its user name, and may belong to somebody else: see the query. */
function isOutdated(file: AvatarRecord, kept: AvatarRecord, now: Date): boolean {
  if (file._id === kept._id) return false;
  if (file.uploading) return now.getTime() - (file.uploadedAt?.getTime() ?? 0) > ABANDONED_AFTER_MS;
  return !isLaterTwin(file, kept);
}

/** The same photo, written by a run at the same time: the later of the two stays, or each run would remove the other's. */
function isLaterTwin(file: AvatarRecord, kept: AvatarRecord): boolean {
  if (file.etag === undefined || file.etag !== kept.etag) return false;
  const ahead = (file.uploadedAt?.getTime() ?? 0) - (kept.uploadedAt?.getTime() ?? 0);
  return ahead > 0 || (ahead === 0 && file._id > kept._id);
}

type Description = Required<Pick<AvatarRecord, '_id' | 'name' | 'userId' | 'type' | 'etag' | 'size'>>;

function toRecord({ _id, ...description }: Description, now: Date): Omit<AvatarRecord, '_id'> {
  const path = `/ufs/${STORE}/${_id}.jpg`;
  const state = { complete: true, uploading: false, progress: 1 };
  return { ...description, ...state, store: STORE, extension: 'jpg', path, url: path, uploadedAt: now, _updatedAt: now };
}

/** A colon is not allowed in a user name, so no user is ever served a parked file. */
function toParkedName(userId: string): string {
  return `parked-avatar:${userId}`;
}

function toAlternatives(condition: Record<string, object>): object[] {
  return Object.entries(condition).map(([field, test]) => ({ [field]: test }));
}

function toDatabase(connection: Connection): mongo.Db {
  if (connection.db) return connection.db;
  throw new LdapSyncError('connection-not-open', 'The MongoDB connection is not open.', {
    remedy: 'Connect mongoose before the sync runs.',
  });
}
