import type { AvatarRecord } from '../../../models/avatar.js';
import type { AvatarFile } from './host-store.js';

type Owner = Pick<AvatarFile, 'userId' | 'username'>;

/** An upload takes milliseconds; one that is still under way after this long was cut off by a crash. */
const ABANDONED_AFTER_MS = 60 * 60 * 1_000;

/** Not pictures of rooms, nor of address-book contacts, which carry the user's id as well. */
const OF_PEOPLE = { rid: null, contactId: null, externalId: null };

/** The pictures known by the user's id. One that is nameless is an upload Rocket.Chat has just begun. */
export function toOwnedFilter(userId: string): object {
  return { userId, name: { $ne: null }, ...OF_PEOPLE };
}

/** All pictures of the owners: those known by id, and those Rocket.Chat wrote without an id. */
export function toOwnersFilters(owners: readonly Owner[]): object[] {
  return [
    { userId: { $in: owners.map(({ userId }) => userId) }, name: { $ne: null }, ...OF_PEOPLE },
    { name: { $in: owners.map(({ username }) => username) }, userId: null, ...OF_PEOPLE },
  ];
}

/** Picks each owner's from the pictures of many owners. Never another owner's. */
export function groupByOwner(files: readonly AvatarRecord[]): (owner: Owner) => AvatarRecord[] {
  const byId = new Map<string, AvatarRecord[]>();
  const byName = new Map<string, AvatarRecord[]>();
  for (const file of files) {
    const [group, key] = typeof file.userId === 'string' ? [byId, file.userId] : [byName, file.name];
    if (key !== undefined) group.set(key, [...(group.get(key) ?? []), file]);
  }
  return ({ userId, username }) => [...(byId.get(userId) ?? []), ...(byName.get(username) ?? [])];
}

/** Whether Rocket.Chat is just uploading the picture. */
export function isUnderWay({ uploading, uploadedAt }: AvatarRecord, now: Date): boolean {
  return uploading === true && now.getTime() - (uploadedAt?.getTime() ?? 0) <= ABANDONED_AFTER_MS;
}
