import { mongo } from 'mongoose';
import type { PersonRecord, RoomRecord, SubscriptionRecord } from '../../../models/room.js';

/** Somebody who joins a room, as far as the subscription says it. The host may have stored anything there. */
export interface Joining {
  readonly _id: string;
  readonly username?: unknown;
  readonly name?: unknown;
  readonly settings?: { readonly preferences?: Readonly<Record<string, unknown>> };
}

/** The fields of a user that {@link toSubscription} reads. */
export const JOINING_FIELDS = {
  username: 1,
  name: 1,
  'settings.preferences.highlights': 1,
  'settings.preferences.desktopNotifications': 1,
  'settings.preferences.pushNotifications': 1,
  'settings.preferences.emailNotificationMode': 1,
} as const;

/** The fields of a room that {@link toSubscription} reads. */
export const JOINED_FIELDS = { t: 1, name: 1, fname: 1, prid: 1, customFields: 1, favorite: 1 } as const;

interface Manner {
  readonly now: Date;
  /** The room is joined because it is a default room, and may stand among the favourites then. */
  readonly isDefault?: boolean | undefined;
  /** Who has brought the user in. */
  readonly inviter?: PersonRecord | undefined;
}

/**
 * The document by which somebody is in a room, with the fields that Rocket.Chat gives it. Pure, but for the
 * id. How messages are translated is left out: that goes by a language that people choose later.
 */
export function toSubscription(
  room: RoomRecord,
  user: Joining,
  { now, isDefault = false, inviter }: Manner,
): SubscriptionRecord {
  return {
    _id: new mongo.ObjectId().toHexString(),
    open: true,
    alert: true,
    unread: 1,
    userMentions: 1,
    groupMentions: 0,
    ts: now,
    ...toRoomPart(room),
    u: toPersonRecord(user),
    ...(inviter ? { inviter } : {}),
    ...(isDefault && room.favorite ? { f: true } : {}),
    ...toPreferences(user),
    _updatedAt: now,
  };
}

/** Of who has made the room. As Rocket.Chat makes it, which leaves the time of the last write out there. */
export function toOwnerSubscription(
  room: RoomRecord,
  owner: Joining,
  { now }: Pick<Manner, 'now'>,
): SubscriptionRecord {
  return {
    _id: new mongo.ObjectId().toHexString(),
    open: true,
    alert: false,
    unread: 0,
    userMentions: 0,
    groupMentions: 0,
    ts: now,
    ...toRoomPart(room),
    u: toPersonRecord(owner),
    ls: now,
    roles: ['owner'],
    ...toPreferences(owner),
  };
}

type RoomPart = Pick<SubscriptionRecord, 'rid' | 'name' | 'fname' | 'customFields' | 't' | 'prid'>;

/** What a subscription repeats of its room. */
export function toRoomPart({ _id: rid, t, name, fname, prid, customFields }: RoomRecord): RoomPart {
  return {
    rid,
    ...(name === undefined ? {} : { name }),
    ...(fname === undefined ? {} : { fname }),
    ...(customFields === undefined ? {} : { customFields }),
    t,
    ...(prid === undefined ? {} : { prid }),
  };
}

export function toPersonRecord({ _id, username, name }: Joining): PersonRecord {
  return {
    _id,
    ...(typeof username === 'string' ? { username } : {}),
    ...(typeof name === 'string' ? { name } : {}),
  };
}

/** What the user prefers everywhere; the host's own default is not repeated. */
function toPreferences({ settings }: Joining): Partial<SubscriptionRecord> {
  const { highlights, desktopNotifications, pushNotifications, emailNotificationMode } =
    settings?.preferences ?? {};
  return {
    ...(Array.isArray(highlights) && highlights.length > 0 ? { userHighlights: highlights } : {}),
    ...(isChosen(desktopNotifications) ? { desktopNotifications, desktopPrefOrigin: 'user' } : {}),
    ...(isChosen(pushNotifications)
      ? { mobilePushNotifications: pushNotifications, mobilePrefOrigin: 'user' }
      : {}),
    ...(isChosen(emailNotificationMode)
      ? { emailNotifications: emailNotificationMode, emailPrefOrigin: 'user' }
      : {}),
  };
}

function isChosen(preference: unknown): preference is string {
  return typeof preference === 'string' && preference !== '' && preference !== 'default';
}
