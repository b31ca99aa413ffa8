import type { Connection } from 'mongoose';
import { openCollection, type Collection } from './database.js';

/**
 * A document of `rocketchat_room`, as far as this package reads it. The documents are the host's: what a room
 * is called, counts or lists may be of any shape.
 */
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
  archived?: boolean;
  /** Shared with other servers. */
  federated?: boolean;
  encrypted?: boolean;
  /** How many members it has. */
  usersCount?: unknown;
  /** How many messages it has. */
  msgs?: unknown;
  /** Members to whom nobody has given the key of an encrypted room yet. */
  usersWaitingForE2EKeys?: unknown;
}

/** A room as Rocket.Chat makes one for a group of the directory. */
export interface MadeRoomRecord {
  /** 24 hex digits. */
  _id: string;
  fname: string;
  customFields: { ldap: true };
  name: string;
  t: 'c';
  msgs: number;
  usersCount: number;
  u: PersonRecord;
  ts: Date;
  ro: false;
  _updatedAt: Date;
}

/** A user, as documents around rooms name one. */
export interface PersonRecord {
  _id: string;
  username?: string;
  name?: string;
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
  u: PersonRecord;
  prid?: string;
  /** Who has added the user. */
  inviter?: PersonRecord;
  /** Of who has made the room: when it was last looked at. */
  ls?: Date;
  roles?: readonly string[];
  /** It stands among the favourites. */
  f?: true;
  userHighlights?: readonly unknown[];
  desktopNotifications?: string;
  desktopPrefOrigin?: 'user';
  mobilePushNotifications?: string;
  mobilePrefOrigin?: 'user';
  emailNotifications?: string;
  emailPrefOrigin?: 'user';
  /** Only of somebody who is not in the room: `BANNED`, `INVITED`. */
  status?: string;
  /** Absent where Rocket.Chat writes many at once. */
  _updatedAt?: Date;
}

/** The rooms of the host. A host that is no chat server has none. */
export function roomCollection(connection: Connection): Collection<RoomRecord> {
  return openCollection(connection, 'rocketchat_room');
}

/** Who is in which room. */
export function subscriptionCollection(connection: Connection): Collection<SubscriptionRecord> {
  return openCollection(connection, 'rocketchat_subscription');
}
