import type { Connection } from 'mongoose';
import { openCollection, type Collection } from './database.js';

/** A document of `rocketchat_room`, as far as this package reads it. */
export interface RoomRecord {
  _id: string;
  /** `c`: a channel, `p`: a private group, `d`: a conversation, and others. */
  t: string;
  name?: string;
  fname?: string;
  /** Set for a discussion: the room that it belongs to. */
  prid?: string;
  customFields?: unknown;
  /** Everybody who is new joins it. */
  default?: boolean;
  /** Of a default room: it stands among the favourites of those who join it so. */
  favorite?: boolean;
  teamId?: string;
  /** It is the main room of its team. */
  teamMain?: boolean;
  /** Everybody who comes into the team joins it. */
  teamDefault?: boolean;
  /** Who may be in the room (ABAC). */
  abacAttributes?: unknown;
}

/** A document of `rocketchat_subscription` as it is when somebody has just joined a room. */
export interface SubscriptionRecord {
  /** 24 hex digits. */
  _id: string;
  open: boolean;
  alert: boolean;
  unread: number;
  userMentions: number;
  groupMentions: number;
  ts: Date;
  rid: string;
  name?: string;
  fname?: string;
  customFields?: unknown;
  t: string;
  u: { _id: string; username?: string; name?: string };
  prid?: string;
  /** It stands among the favourites. */
  f?: true;
  userHighlights?: readonly unknown[];
  desktopNotifications?: string;
  desktopPrefOrigin?: 'user';
  mobilePushNotifications?: string;
  mobilePrefOrigin?: 'user';
  emailNotifications?: string;
  emailPrefOrigin?: 'user';
  _updatedAt: Date;
}

/** The rooms of the host. A host that is no chat server has none. */
export function roomCollection(connection: Connection): Collection<RoomRecord> {
  return openCollection(connection, 'rocketchat_room');
}

/** Who is in which room. */
export function subscriptionCollection(connection: Connection): Collection<SubscriptionRecord> {
  return openCollection(connection, 'rocketchat_subscription');
}
