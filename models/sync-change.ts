import type { Connection } from 'mongoose';
import type { ChangeRow } from './change-row.js';
import { openCollection, type Collection } from './database.js';

/** What a run did, or wants to do, to some people: a document of `ldap_sync_changes`. */
export interface SyncChangeRecord {
  /** `<runId>/p/<number>` for what was written as the pages came, `<runId>/r/<number>` for removals. */
  _id: string;
  at: Date;
  /** The database deletes the document then. */
  expiresAt: Date;
  rows: ChangeRow[];
  /** How often somebody has decided about rows of the document; absent: never. */
  decisions?: number;
}

/** The changes that runs made to users. */
export function syncChangeCollection(connection: Connection): Collection<SyncChangeRecord> {
  return openCollection(connection, 'ldap_sync_changes');
}
