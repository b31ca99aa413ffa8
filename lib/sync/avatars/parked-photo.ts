import type { AvatarRecord } from '../../../models/avatar.js';

const PREFIX = 'parked-avatar:';

/**
 * The name of a document whose bytes are not for anybody: still to be shown, or to be deleted. Such a document
 * has no `userId`, so neither of Rocket.Chat's two ways to an avatar leads to it.
 */
export function toParkedName(userId: string): string {
  return `${PREFIX}${userId}`;
}

/** All parked documents. A range uses the index on `name` with every server of MongoDB's protocol. */
export const PARKED = { name: { $gte: PREFIX, $lt: 'parked-avatar;' } };

/** Parked documents that can never be adopted any more, since only one that is `uploading` can. */
export const GIVEN_UP = { ...PARKED, uploading: false };

/** Whether the document can become its owner's picture. */
export function isAdoptable(file: AvatarRecord | undefined, userId: string): boolean {
  return file?.name === toParkedName(userId) && file.uploading === true;
}

/** What a picture that was replaced becomes. */
export function toParked(userId: string): object {
  return {
    $set: { name: toParkedName(userId), complete: false, uploading: false },
    $unset: { userId: 1, etag: 1 },
  };
}
