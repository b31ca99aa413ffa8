import type { Connection } from 'mongoose';
import { avatarCollection, type AvatarRecord } from '../../../models/avatar.js';
import { userCollection, type UserRecord } from '../../../models/user.js';
import type { Clock } from '../../clock.js';
import { createRandomId } from '../../random-id.js';
import { createAvatarBytes } from './avatar-bytes.js';
import { fenceWrites } from '../run/fenced-writes.js';
import {
  toOutdatedIds,
  toOwnedByAnybody,
  toOwnedFilter,
  toOwnersFilter,
  toParkedName,
  PARKED,
} from './outdated-avatars.js';

export interface AvatarFile {
  /** `users._id` */
  readonly userId: string;
  readonly username: string;
  readonly image: Buffer;
  /** Hex SHA-256 of the directory photo; goes into `users.avatarETag` too. */
  readonly etag: string;
  readonly type: 'image/jpeg';
}

/**
 * To be called before each write of an operation. Gives for how many milliseconds the write may wait before
 * it is sent. Rejects when another host may be writing by now; then the store leaves everything as it is, and
 * rejects too.
 */
export type MayGoOn = () => Promise<number | undefined>;

/** Where avatars live. The user document points at a file through `avatarETag`. */
export interface AvatarStore {
  /** Writes the new file; the old one stays until `removeOthers`. Returns the new file's id. */
  write(avatar: AvatarFile, mayGoOn?: MayGoOn): Promise<string>;
  /** Once the user document points at the new file: deletes the user's other avatar files. */
  removeOthers(owner: { userId: string; username: string }, keepId: string, mayGoOn?: MayGoOn): Promise<void>;
  /** The owner's user name changed. */
  rename(userId: string, username: string, mayGoOn?: MayGoOn): Promise<void>;
  /**
   * Deletes what a run that died has left beside the files the user documents point at. Called after such a
   * run only.
   */
  removeSuperseded?(mayGoOn?: MayGoOn): Promise<void>;
}

/**
 * Rocket.Chat's name for its GridFS store of avatars; it finds the bytes by it, whichever store is
 * configured.
 */
const STORE = 'GridFS:Avatars';

/**
 * Avatars as Rocket.Chat's GridFS store keeps them: a document in `rocketchat_avatars`, the bytes in the
 * bucket of that name.
 *
 * Before bytes come and before they go, the document is *parked* under a name that no user has: nobody is
 * served half a file, and a crash at any point leaves a parked document, which the user's next `removeOthers`
 * deletes with its bytes. Bytes that Rocket.Chat keeps in another store (S3, file system) stay there when
 * `removeOthers` deletes their document.
 */
export function createGridFsAvatarStore({
  connection,
  clock,
}: {
  connection: Connection;
  clock: Clock;
}): AvatarStore {
  const avatars = () => avatarCollection(connection);
  const users = () => userCollection(connection);

  async function discard(ids: readonly string[], mayGoOn: MayGoOn): Promise<void> {
    await createAvatarBytes(connection, mayGoOn).remove(ids);
    await fenceWrites(avatars(), mayGoOn).deleteMany({ _id: { $in: ids } });
  }

  const store: AvatarStore = {
    async write(avatar, mayGoOn = unfenced) {
      const _id = createRandomId();
      const name = toParkedName(avatar.userId);
      const parked: AvatarRecord = {
        _id,
        name,
        store: STORE,
        complete: false,
        uploading: true,
        uploadedAt: clock(),
      };
      const writes = fenceWrites(avatars(), mayGoOn);
      await writes.insertOne(parked);
      try {
        await createAvatarBytes(connection, mayGoOn).upload(_id, avatar.image, avatar.type);
        const { matchedCount } = await writes.updateOne(
          { _id, name, uploading: true },
          { $set: toRecord(_id, avatar, clock()) },
        );
        if (matchedCount === 0) throw new Error('The avatar was removed while it was being uploaded.');
      } catch (error) {
        // If discarding fails too, or is not permitted, the document stays parked. The first failure is
        // thrown, since it is the cause.
        await discard([_id], mayGoOn).catch(() => undefined);
        throw error;
      }
      return _id;
    },

    async removeOthers(owner, keepId, mayGoOn = unfenced) {
      const files = await avatars().find<AvatarRecord>(toOwnersFilter(owner)).toArray();
      const outdated = toOutdatedIds(files, keepId, clock());
      if (outdated.length === 0) return;
      await fenceWrites(avatars(), mayGoOn).updateMany(
        { _id: { $in: outdated } },
        {
          $set: { name: toParkedName(owner.userId), complete: false, uploading: false },
          $unset: { userId: 1, etag: 1 },
        },
      );
      await discard(outdated, mayGoOn);
    },

    async removeSuperseded(mayGoOn = unfenced) {
      // If the host that began these uploads wakes up, it can no longer show them to anybody.
      await fenceWrites(avatars(), mayGoOn).updateMany(
        { name: PARKED, uploading: true },
        { $set: { uploading: false } },
      );
      const several = avatars().aggregate<{ _id: string }>([
        { $match: toOwnedByAnybody() },
        { $group: { _id: '$userId', files: { $sum: 1 } } },
        { $match: { files: { $gt: 1 } } },
      ]);
      for await (const { _id: userId } of several) {
        const user = await users().findOne({ _id: userId }, { projection: { username: 1, avatarETag: 1 } });
        const { username, avatarETag } = (user ?? {}) as Pick<UserRecord, 'username' | 'avatarETag'>;
        if (username === undefined || avatarETag === undefined) continue;
        const kept = await avatars().findOne<AvatarRecord>(
          { ...toOwnedFilter(userId), etag: avatarETag, complete: true },
          { sort: { uploadedAt: -1, _id: -1 } },
        );
        if (kept) await store.removeOthers({ userId, username }, kept._id, mayGoOn);
      }
    },

    async rename(userId, username, mayGoOn = unfenced) {
      await fenceWrites(avatars(), mayGoOn).updateMany(toOwnedFilter(userId), {
        $set: { name: username, _updatedAt: clock() },
      });
    },
  };
  return store;
}

const unfenced: MayGoOn = () => Promise.resolve(undefined);

/**
 * `path` and `url` are filled as Rocket.Chat fills them, though it serves avatars by user; its own URL is not
 * known here.
 */
function toRecord(
  id: string,
  { userId, username, image, etag, type }: AvatarFile,
  now: Date,
): Omit<AvatarRecord, '_id'> {
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
