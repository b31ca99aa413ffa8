import type { AvatarRecord } from '../../../models/avatar.js';

/** An upload takes milliseconds; one that is still under way after this long was cut off by a crash. */
const ABANDONED_AFTER_MS = 60 * 60 * 1_000;

/** Pictures of rooms, and of address-book contacts, which carry the user's id as well. */
const OTHER_PICTURES = [{ rid: { $ne: null } }, { contactId: { $ne: null } }, { externalId: { $ne: null } }];

/**
 * The name of a document whose bytes are still coming or are being removed. It has no `userId`, so neither of
 * Rocket.Chat's two ways to an avatar leads to it.
 */
export function toParkedName(userId: string): string {
  return `parked-avatar:${userId}`;
}

/** The parked names of all users. */
export const PARKED = /^parked-avatar:/;

/** The avatars known by the user's id. One that is nameless is an upload Rocket.Chat has just begun. */
export function toOwnedFilter(userId: string): { userId: string; name: object; $nor: object[] } {
  return { userId, name: { $ne: null }, $nor: OTHER_PICTURES };
}

/** As {@link toOwnedFilter}, for all users. */
export function toOwnedByAnybody(): object {
  return { userId: { $type: 'string' }, name: { $ne: null }, $nor: OTHER_PICTURES };
}

/**
 * All a user has: avatars known by id, those Rocket.Chat wrote without an id, and parked ones. Never another
 * user's.
 */
export function toOwnersFilter({ userId, username }: { userId: string; username: string }): {
  $or: object[];
} {
  return {
    $or: [
      toOwnedFilter(userId),
      { name: username, userId: null, $nor: OTHER_PICTURES },
      { name: toParkedName(userId) },
    ],
  };
}

/**
 * The ids of those of a user's files that `keepId` has replaced; none if that file is gone, or is itself
 * being removed by a run at the same time.
 */
export function toOutdatedIds(files: readonly AvatarRecord[], keepId: string, now: Date): string[] {
  const kept = files.find(({ _id, complete }) => _id === keepId && complete);
  if (!kept) return [];
  return files.filter((file) => file !== kept && isOutdated(file, kept, now)).map(({ _id }) => _id);
}

function isOutdated(file: AvatarRecord, kept: AvatarRecord, now: Date): boolean {
  if (file.uploading) return now.getTime() - toTime(file) > ABANDONED_AFTER_MS;
  return !isLaterTwin(file, kept);
}

/**
 * Whether the file is the same photo, written later by a run at the same time. The later of the two stays, or
 * each run would remove the file of the other.
 */
function isLaterTwin(file: AvatarRecord, kept: AvatarRecord): boolean {
  if (file.etag === undefined || file.etag !== kept.etag) return false;
  const ahead = toTime(file) - toTime(kept);
  return ahead > 0 || (ahead === 0 && file._id > kept._id);
}

function toTime({ uploadedAt }: AvatarRecord): number {
  return uploadedAt?.getTime() ?? 0;
}
