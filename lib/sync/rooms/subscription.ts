import { mongo } from 'mongoose';
import type { RoomRecord, SubscriptionRecord } from '../../../models/room.js';

/** Somebody who joins a room, as far as the subscription says it. */
export interface Joining {
  readonly _id: string;
  readonly username?: string;
  readonly name?: string;
  /** Whatever the host has stored there. */
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
  readonly isDefault?: boolean;
}

/**
 * The document by which somebody is in a room, with the fields that Rocket.Chat gives it. Pure, but for the
 * id. How messages are translated is left out: that goes by a language that people choose later.
 */
export function toSubscription(
  room: RoomRecord,
  user: Joining,
  { now, isDefault }: Manner,
): SubscriptionRecord {
  const { _id: rid, t, name, fname, prid, customFields, favorite } = room;
  const { username, name: shown } = user;
  return {
    _id: new mongo.ObjectId().toHexString(),
    open: true,
    alert: true,
    unread: 1,
    userMentions: 1,
    groupMentions: 0,
    ts: now,
    rid,
    ...(name === undefined ? {} : { name }),
    ...(fname === undefined ? {} : { fname }),
    ...(customFields === undefined ? {} : { customFields }),
    t,
    u: {
      _id: user._id,
      ...(username === undefined ? {} : { username }),
      ...(shown === undefined ? {} : { name: shown }),
    },
    ...(prid === undefined ? {} : { prid }),
    ...(isDefault && favorite ? { f: true } : {}),
    ...toPreferences(user),
    _updatedAt: now,
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
