import type { Connection } from 'mongoose';
import { openCollection, type Collection } from './database.js';

/** The role of administrators, by its id. */
export const ADMIN_ROLE = 'admin';

/** A document of `rocketchat_roles`, as far as it is read. The host's documents may hold anything. */
export interface RoleRecord {
  readonly _id: string;
  readonly name?: unknown;
  /** `Subscriptions`: somebody has the role in a room, and no user has it everywhere. */
  readonly scope?: unknown;
}

/** The roles of the host. */
export function roleCollection(connection: Connection): Collection<RoleRecord> {
  return openCollection(connection, 'rocketchat_roles');
}
