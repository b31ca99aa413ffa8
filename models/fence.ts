import type { Connection } from 'mongoose';
import { openCollection, type Collection } from './database.js';

/** What is fenced: a fence for each lease whose holder writes to users. */
export type FenceName = 'ldap-sync-fence' | 'ldap-sync-auto-logout-fence';

/**
 * The fence: a document of its own in `ldap_sync_lease`. Only taking over and the transactions of a run write to
 * it. A transaction changes it last, on condition of its run's number; so once a later run has raised the number,
 * no transaction of an earlier run can commit, however long its host slept.
 */
export interface FenceRecord {
  _id: FenceName;
  /** The fencing number of the run that may write: `fence` of the lease it holds. */
  fence: number;
  /**
   * How many transactions have been committed. Each changes it, because an update that changes nothing is no
   * write, and so no fence.
   */
  transactions: number;
}

/** The fences stand beside the leases. */
export function fenceCollection(connection: Connection): Collection<FenceRecord> {
  return openCollection(connection, 'ldap_sync_lease');
}
