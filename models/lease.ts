import type { Connection } from 'mongoose';
import type { SessionId } from './database.js';
import type { Requester } from './run-report.js';
import { openCollection, type Collection } from './database.js';

/**
 * What is leased: the right to write to users, the right to preview, the place of the sync that waits for the first,
 * and the right to sign people out between syncs.
 */
export type LeaseName = 'ldap-sync' | 'ldap-sync-preview' | 'ldap-sync-queue' | 'ldap-sync-auto-logout';

/**
 * Who may write right now, and who may preview: a document each in `ldap_sync_lease`. All times are the
 * database server's.
 */
export interface LeaseRecord {
  _id: LeaseName;
  /** The run that holds the lease; `null` when nobody does. */
  runId: string | null;
  expiresAt: Date;
  /** Grows with every holder, so that a holder that slept can be told from its successor. */
  fence: number;
  /** When a sync last ended that was sure to have read the right directory. */
  provenAt?: Date;
  /** Somebody asked the holder to end. */
  cancelledBy?: Requester;
  /**
   * The sessions of the holder and of earlier holders whose sessions nobody has ended yet: what they have left
   * open stands in the way of the next holder.
   */
  sessions?: SessionId[];
  /** The marks that versions before transactions left on users are gone. */
  isFreeOfMarks?: boolean;
  /** Which directory; absent: the only one, `default`. */
  directory?: string;
}

/** Who may write, and who may preview. */
export function leaseCollection(connection: Connection): Collection<LeaseRecord> {
  return openCollection(connection, 'ldap_sync_lease');
}
