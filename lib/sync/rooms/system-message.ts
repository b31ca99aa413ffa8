import { mongo } from 'mongoose';
import type { SystemMessageRecord, SystemMessageType } from '../../../models/message.js';
import type { PersonRecord, RoomRecord } from '../../../models/room.js';
import type { RoomScene } from './room-scene.js';

/** The user in whose name groups bring people into teams, as in Rocket.Chat. */
export const ROCKET_CAT: PersonRecord = { _id: 'rocket.cat', username: 'rocket.cat' };

/** What the chat server itself says about somebody in a room. */
interface Told {
  readonly t: SystemMessageType;
  readonly rid: string;
  /** The person. */
  readonly about: PersonRecord;
  /** Who has brought the person in. */
  readonly inviter?: PersonRecord | undefined;
}

/** Pure, but for the id. */
export function toSystemMessage(
  { t, rid, about, inviter }: Told,
  { now, usesReadReceipts = false }: Pick<RoomScene, 'now' | 'usesReadReceipts'>,
): SystemMessageRecord {
  return {
    _id: new mongo.ObjectId().toHexString(),
    t,
    rid,
    ts: now,
    msg: about.username ?? '',
    u: inviter ?? about,
    groupable: false,
    ...(usesReadReceipts ? { unread: true } : {}),
    _updatedAt: now,
  };
}

type Kind = Pick<RoomRecord, 'prid' | 'teamMain'>;

export function joinMessageOf(
  { prid, teamMain }: Kind,
  inviter: PersonRecord | undefined,
): SystemMessageType {
  if (inviter) return teamMain === true ? 'added-user-to-team' : 'au';
  if (prid) return 'ut';
  return teamMain === true ? 'ujt' : 'uj';
}

export function leaveMessageOf({ teamMain }: Kind, isRevoked: boolean): SystemMessageType {
  if (isRevoked) return 'abac-removed-user-from-room';
  return teamMain === true ? 'ult' : 'ul';
}
