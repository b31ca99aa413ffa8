import type { Connection } from 'mongoose';
import { openCollection, type Collection } from './database.js';
import type { PersonRecord } from './room.js';

/** What a message of the chat server itself tells: who has come how, and who has left. */
export type SystemMessageType =
  'uj' | 'ujt' | 'ut' | 'au' | 'added-user-to-team' | 'ul' | 'ult' | 'abac-removed-user-from-room';

/** A document of `rocketchat_message` that the chat server itself writes. */
export interface SystemMessageRecord {
  /** 24 hex digits. */
  _id: string;
  t: SystemMessageType;
  rid: string;
  ts: Date;
  /** The user name of whom it tells. */
  msg: string;
  u: PersonRecord;
  groupable: false;
  /** Set where messages say who has read them. */
  unread?: true;
  _updatedAt: Date;
}

export function messageCollection(connection: Connection): Collection<SystemMessageRecord> {
  return openCollection(connection, 'rocketchat_message');
}
