import type { Connection } from 'mongoose';
import { openCollection, type Collection } from './database.js';

/**
 * What a preview was made with, so that it can be applied: a document each in `ldap_sync_plans`. Beside the report,
 * since whoever may read about runs need not see settings. Secrets are kept nowhere.
 */
export interface PlanRecord {
  /** The run of the preview. */
  _id: string;
  /** By the database server's time. */
  at: Date;
  /** The database deletes the document then. */
  expiresAt: Date;
  /** The settings that were not saved. */
  values: readonly { readonly setting: string; readonly value: boolean | number | string }[];
  /** The ids of the secrets among them. */
  secrets: readonly string[];
  /** The number of the newest change of the settings; 0: there was none. */
  newestChange: number;
  /** Digests of all settings but secrets: as they were, and as they are once those of the plan are saved. */
  digests: { readonly before: string; readonly after: string };
}

export function planCollection(connection: Connection): Collection<PlanRecord> {
  return openCollection(connection, 'ldap_sync_plans');
}
