import type { Connection } from 'mongoose';
import { avatarCollection, type AvatarRecord } from '../../../models/avatar.js';
import { inBatches, LOOK_UP_BATCH, toBatches } from '../../batches.js';
import type { Clock } from '../../clock.js';
import { createRandomId } from '../../random-id.js';
import { within } from '../run/transaction.js';
import { adoptPhotos } from './adopt-photos.js';
import type { AvatarFile } from './host-store.js';
import { toOwnedFilter } from './owned-photos.js';
import { GIVEN_UP, PARKED, toParkedName } from './parked-photo.js';
import { createPhotoBytes } from './photo-bytes.js';
import { takeDownPhotos } from './take-down-photos.js';
import type { PhotoFiles } from './photo-files.js';

interface Dependencies {
  readonly connection: Connection;
  readonly clock: Clock;
}

/**
 * Rocket.Chat's name for its GridFS store of avatars; it finds the bytes by it, whichever store is
 * configured.
 */
const STORE = 'GridFS:Avatars';

/** So many documents are given up in one transaction. */
const GIVE_UP_BATCH = 100;

/**
 * Photos as Rocket.Chat's GridFS store keeps them: a document in `rocketchat_avatars`, the bytes in the bucket
 * of that name.
 *
 * Before bytes come and before they go, the document is *parked* under a name that no user has. It is
 * `uploading` until a transaction shows it to people. Once it is parked and not `uploading` it is given up:
 * nobody can show it any more, so its bytes can be deleted at any time, by any host. Bytes that Rocket.Chat
 * keeps in another store (S3, file system) stay there when their document is deleted.
 */
export function createGridFsPhotoFiles({ connection, clock }: Dependencies): PhotoFiles {
  const avatars = () => avatarCollection(connection);
  const bytes = createPhotoBytes(connection);

  /** Deletes the bytes first: a crash in between leaves a document that leads to them. */
  async function removeGivenUp(ids: readonly string[]): Promise<void> {
    for (const batch of toBatches(ids, LOOK_UP_BATCH)) {
      const filter = { ...GIVEN_UP, _id: { $in: batch } };
      const files = await avatars()
        .find(filter, { projection: { _id: 1 } })
        .toArray();
      if (files.length === 0) continue;
      await bytes.remove(files.map(({ _id }) => _id));
      await avatars().deleteMany(filter);
    }
  }

  async function discard(ids: readonly string[]): Promise<void> {
    for (const batch of toBatches(ids, LOOK_UP_BATCH)) {
      await avatars().updateMany({ ...PARKED, _id: { $in: batch } }, { $set: { uploading: false } });
    }
    await removeGivenUp(ids);
  }

  return {
    async put(avatar) {
      const parked = toParkedRecord(avatar, clock());
      const { _id } = parked;
      await avatars().insertOne(parked);
      try {
        await bytes.upload(_id, avatar.image, avatar.type);
        const { matchedCount } = await avatars().updateOne(
          { ...PARKED, _id, uploading: true },
          { $set: { progress: 1 } },
        );
        if (matchedCount === 0) throw new Error('The avatar was removed while it was being uploaded.');
      } catch (error) {
        // If discarding fails too, the document stays parked. The first failure is thrown, since it is the
        // cause. The bytes go even where the document is gone.
        await discard([_id])
          .then(() => bytes.remove([_id]))
          .catch(() => undefined);
        throw error;
      }
      return _id;
    },

    async adopt(files, tx) {
      const replaced = [];
      for (const batch of toBatches(files, LOOK_UP_BATCH)) {
        replaced.push(...(await adoptPhotos(batch, { avatars: avatars(), now: clock(), tx })));
      }
      return replaced;
    },

    takeDown: (owners, tx) => takeDownPhotos(owners, { avatars: avatars(), now: clock(), tx }),

    async rename(owners, tx) {
      for (const batch of toBatches(owners, LOOK_UP_BATCH)) {
        const updates = batch.map(({ userId, username }) => ({
          updateMany: {
            filter: { $and: [toOwnedFilter(userId), { name: { $ne: username } }] },
            update: { $set: { name: username, _updatedAt: clock() } },
          },
        }));
        await avatars().bulkWrite(updates, within(tx));
      }
    },

    renamed: () => Promise.resolve(),
    removeReplaced: (replaced) => removeGivenUp(replaced.flatMap(({ parked }) => parked)),
    removeTakenDown: (takenDown) => removeGivenUp(takenDown.flatMap(({ parked }) => parked)),
    discard,

    async discardAbandoned(transact) {
      const abandoned = avatars().find(PARKED, { projection: { _id: 1 } });
      for await (const batch of inBatches(abandoned, GIVE_UP_BATCH)) {
        const ids = batch.map(({ _id }) => _id);
        // In a transaction: otherwise a host that slept here could give up what its successor is about to show.
        await transact(async (tx) => {
          const filter = { ...PARKED, _id: { $in: ids } };
          await avatars().updateMany(filter, { $set: { uploading: false } }, within(tx));
        });
        await removeGivenUp(ids);
      }
    },
  };
}

/**
 * `path` and `url` are filled as Rocket.Chat fills them, though it serves avatars by user; its own URL is not
 * known here.
 */
function toParkedRecord({ userId, image, type }: AvatarFile, now: Date): AvatarRecord {
  const _id = createRandomId();
  const path = `/ufs/${STORE}/${_id}.jpg`;
  return {
    _id,
    name: toParkedName(userId),
    type,
    size: image.length,
    store: STORE,
    complete: false,
    uploading: true,
    progress: 0,
    extension: 'jpg',
    path,
    url: path,
    uploadedAt: now,
  };
}
