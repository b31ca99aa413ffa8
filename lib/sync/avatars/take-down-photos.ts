import type { AvatarRecord } from '../../../models/avatar.js';
import type { Collection } from '../../../models/database.js';
import { LOOK_UP_BATCH, toBatches } from '../../batches.js';
import { within, type Transaction } from '../run/transaction.js';
import { groupByOwner, isUnderWay, toOwnersFilters } from './owned-photos.js';
import { toParked } from './parked-photo.js';
import type { PhotoOwner, TakenDown } from './photo-files.js';

interface Place {
  readonly avatars: Collection<AvatarRecord>;
  readonly now: Date;
  readonly tx: Transaction;
}

/** See `PhotoFiles.takeDown`. */
export async function takeDownPhotos(owners: readonly PhotoOwner[], place: Place): Promise<TakenDown[]> {
  const takenDown: TakenDown[] = [];
  for (const batch of toBatches(owners, LOOK_UP_BATCH))
    takenDown.push(...(await takeDownBatch(batch, place)));
  return takenDown;
}

async function takeDownBatch(
  owners: readonly PhotoOwner[],
  { avatars, now, tx }: Place,
): Promise<TakenDown[]> {
  const found: AvatarRecord[] = [];
  for (const filter of toOwnersFilters(owners))
    found.push(...(await avatars.find(filter, within(tx)).toArray()));
  const ownedBy = groupByOwner(found);
  const takenDown = owners.map((owner) => ({
    owner,
    parked: ownedBy(owner)
      .filter((file) => !isUnderWay(file, now))
      .map(({ _id }) => _id),
  }));
  const writes = takenDown
    .filter(({ parked }) => parked.length > 0)
    .map(({ owner, parked }) => ({
      updateMany: { filter: { _id: { $in: parked } }, update: toParked(owner.userId) },
    }));
  if (writes.length > 0) await avatars.bulkWrite(writes, within(tx));
  return takenDown;
}
