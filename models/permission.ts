import type { Connection } from 'mongoose';
import { openCollection, type Collection } from './database.js';

/** A document of `rocketchat_permissions`: which roles (by id) hold a permission. */
export interface PermissionRecord {
  _id: string;
  roles?: string[];
}

/** The permissions of the host. */
export function permissionCollection(connection: Connection): Collection<PermissionRecord> {
  return openCollection(connection, 'rocketchat_permissions');
}
