import type { Connection } from 'mongoose';
import { avatarModel, type AvatarRecord } from '../../models/avatar.js';
import type { Clock } from '../clock.js';
import { createRandomId } from '../random-id.js';
import { createAvatarBytes } from './avatar-bytes.js';
import { toOutdatedIds, toOwnedFilter, toOwnersFilter, toParkedName } from './outdated-avatars.js';

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

/** Rocket.Chat's name for its GridFS store of avatars; it finds the bytes by it, whichever store is configured. */
const STORE = 'GridFS:Avatars';

/**
 * Avatars as Rocket.Chat's GridFS store keeps them: a document in `rocketchat_avatars`, the bytes in the bucket of that name.
 *
 * Before bytes come and before they go, the document is *parked* under a name that no user has: nobody is served half a
 * file, and a crash at any point leaves a parked document, which the user's next `removeOthers` deletes with its bytes.
 * Bytes that Rocket.Chat keeps in another store (S3, file system) stay there when `removeOthers` deletes their document.
 */
export function createGridFsAvatarStore({ connection, clock }: { connection: Connection; clock: Clock }): AvatarStore {
  const avatars = avatarModel(connection).collection;
  const bytes = createAvatarBytes(connection);

  async function discard(ids: readonly string[]): Promise<void> {
    await bytes.remove(ids);
    await avatars.deleteMany({ _id: { $in: ids as never[] } });
  }

  return {
    async write(avatar) {
      const _id = createRandomId();
      const name = toParkedName(avatar.userId);
      const parked: AvatarRecord = { _id, name, store: STORE, complete: false, uploading: true, uploadedAt: clock() };
      await avatars.insertOne(parked as never);
      try {
        await bytes.upload(_id, avatar.image, avatar.type);
        const { matchedCount } = await avatars.updateOne({ _id: _id as never, name }, { $set: toRecord(_id, avatar, clock()) });
        if (matchedCount === 0) throw new Error('The avatar was removed while it was being uploaded.');
      } catch (error) {
        // If this fails too, the document stays parked: the first failure is the one to tell.
        await discard([_id]).catch(() => undefined);
        throw error;
      }
      return _id;
    },

    async removeOthers(owner, keepId) {
      const files = await avatars.find<AvatarRecord>(toOwnersFilter(owner)).toArray();
      const outdated = toOutdatedIds(files, keepId, clock());
      if (outdated.length === 0) return;
      await avatars.updateMany(
        { _id: { $in: outdated as never[] } },
        { $set: { name: toParkedName(owner.userId), complete: false, uploading: false }, $unset: { userId: 1, etag: 1 } },
      );
      await discard(outdated);
    },

    async rename(userId, username) {
      await avatars.updateMany(toOwnedFilter(userId), { $set: { name: username, _updatedAt: clock() } });
    },
  };
}

/** `path` and `url` are filled as Rocket.Chat fills them, though it serves avatars by user; its own URL is not known here. */
function toRecord(id: string, { userId, username, image, etag, type }: AvatarFile, now: Date): Omit<AvatarRecord, '_id'> {
  const path = `/ufs/${STORE}/${id}.jpg`;
  return {
    name: username,
    userId,
    type,
    size: image.length,
    etag,
    store: STORE,
    complete: true,
    uploading: false,
    progress: 1,
    extension: 'jpg',
    path,
    url: path,
    uploadedAt: now,
    _updatedAt: now,
  };
}
