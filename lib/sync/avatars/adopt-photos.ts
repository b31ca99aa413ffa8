import type { AvatarRecord } from '../../../models/avatar.js';
import type { Collection } from '../../../models/database.js';
import { within, type Transaction } from '../run/transaction.js';
import { groupByOwner, isUnderWay, toOwnersFilters } from './owned-photos.js';
import { isAdoptable, toParked } from './parked-photo.js';
import { PhotoGoneError, type AdoptedFile, type ReplacedFiles } from './photo-files.js';

interface Place {
  readonly avatars: Collection<AvatarRecord>;
  readonly now: Date;
  readonly tx: Transaction;
}

/** See `PhotoFiles.adopt`; for as many files as can be looked for at once. */
export async function adoptPhotos(files: readonly AdoptedFile[], place: Place): Promise<ReplacedFiles[]> {
  const { avatars, now, tx } = place;
  const filters = [
    { _id: { $in: files.map(({ fileId }) => fileId) } },
    ...toOwnersFilters(files.map(({ avatar }) => avatar)),
  ];
  // One after the other: each has an index, and a transaction does one thing at a time.
  const found: AvatarRecord[] = [];
  for (const filter of filters) found.push(...(await avatars.find(filter, within(tx)).toArray()));

  const byId = new Map(found.map((file) => [file._id, file]));
  const gone = files.filter(({ fileId, avatar }) => !isAdoptable(byId.get(fileId), avatar.userId));
  if (gone.length > 0) throw new PhotoGoneError(gone.map(({ fileId }) => fileId));

  const ownedBy = groupByOwner([...byId.values()]);
  const replaced = files.map((adopted) => ({
    adopted,
    parked: ownedBy(adopted.avatar)
      .filter((file) => file._id !== adopted.fileId && !isUnderWay(file, now))
      .map(({ _id }) => _id),
  }));
  await avatars.bulkWrite(
    replaced.flatMap((photo) => toWrites(photo, now)),
    within(tx),
  );
  return replaced;
}

function toWrites({ adopted, parked }: ReplacedFiles, now: Date) {
  const { fileId, avatar } = adopted;
  const { userId, username: name, etag } = avatar;
  const shown = { name, userId, etag, complete: true, uploading: false, uploadedAt: now, _updatedAt: now };
  const show = { updateOne: { filter: { _id: fileId }, update: { $set: shown } } };
  if (parked.length === 0) return [show];
  return [show, { updateMany: { filter: { _id: { $in: [...parked] } }, update: toParked(userId) } }];
}
