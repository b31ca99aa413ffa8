import { Schema, type Connection, type Model } from 'mongoose';
import { MODEL_PREFIX } from './names.js';

/** A document of `rocketchat_permissions`: which roles (by id) hold a permission. */
export interface PermissionRecord {
  _id: string;
  roles?: string[];
}

const schema = new Schema<PermissionRecord>(
  { _id: String, roles: [String] },
  { collection: 'rocketchat_permissions', autoIndex: false, autoCreate: false, versionKey: false },
);

export function permissionModel(connection: Connection): Model<PermissionRecord> {
  return connection.model<PermissionRecord>(`${MODEL_PREFIX}Permission`, schema);
}
