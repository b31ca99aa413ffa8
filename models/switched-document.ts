import type { Connection } from 'mongoose';
import { openCollection, type Collection } from './database.js';

/** What is changed around a user who is switched off. */
export type SwitchedKind = 'agent' | 'room' | 'subscription' | 'owner';

/**
 * What switching people off has changed in one document of the host, so that switching on gives it back. It stands
 * in a collection of its own, because documents of the host are sent to its clients.
 */
export interface SwitchedDocument {
  /** Kind and id of the document. */
  _id: string;
  kind: SwitchedKind;
  /** The `_id` of the host's document. */
  document: string;
  /** The users who are off, for whom it was changed. */
  because: string[];
  /** The changed fields as they were before; one that was absent is absent here. */
  before: Record<string, unknown>;
}

export function switchedCollection(connection: Connection): Collection<SwitchedDocument> {
  return openCollection(connection, 'ldap_sync_switched');
}
