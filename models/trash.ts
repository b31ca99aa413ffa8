import type { Connection } from 'mongoose';
import { openCollection, type Collection } from './database.js';

/** The host's collections, without their prefix, of which deleted documents are kept. */
export type TrashedKind = 'subscription' | 'team_member';

/**
 * A document of `rocketchat__trash`: a deleted document as it was, for thirty days. Clients that were offline
 * learn from it that a subscription is gone.
 */
export interface TrashRecord {
  _id: string;
  _deletedAt: Date;
  __collection__: TrashedKind;
  [field: string]: unknown;
}

export const TRASH_SECONDS = 30 * 24 * 60 * 60;

export function trashCollection(connection: Connection): Collection<TrashRecord> {
  return openCollection(connection, 'rocketchat__trash');
}
