import type { Connection } from 'mongoose';
import { openCollection, type Collection } from './database.js';

/** What the schedule starts, by Rocket.Chat's names of its jobs. */
export type JobName = 'LDAP_Sync' | 'LDAP_AvatarSync' | 'LDAP_AbacSync' | 'LDAP_AutoLogout';

/**
 * The newest slot of a job that a host has claimed: a document each in `ldap_sync_schedule`. All times are the
 * database server's.
 */
export interface SlotRecord {
  _id: JobName;
  /** When it was due. */
  slot: Date;
  claimedAt: Date;
  /** The host that starts the run, by an id of its own. */
  claimedBy: string;
  /** When a host has last looked that has the job on. */
  seenAt: Date;
  /** The run that serves the slot; absent until it has been started. */
  runId?: string;
  /** The schedule began after this slot: nothing is started for it. */
  isOver?: true;
}

export function slotCollection(connection: Connection): Collection<SlotRecord> {
  return openCollection(connection, 'ldap_sync_schedule');
}
