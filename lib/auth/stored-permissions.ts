import type { Connection } from 'mongoose';
import { permissionModel } from '../../models/permission.js';
import { userModel } from '../../models/user.js';
import type { Authorize } from './principal.js';

/** Rocket.Chat's permissions: granted when the roles of the permission and those of the user meet. */
export function createStoredPermissions({ connection }: { readonly connection: Connection }): Authorize {
  const permissions = permissionModel(connection).collection;
  const users = userModel(connection).collection;

  return async ({ userId }, permission) => {
    const found = await permissions.findOne({ _id: permission as never }, { projection: { roles: 1 } });
    const roles = toStrings(found?.roles);
    if (roles.length === 0) return false;
    const holder = await users.findOne(
      { _id: userId as never, active: { $ne: false }, roles: { $in: [...roles] } },
      { projection: { _id: 1 } },
    );
    return holder !== null;
  };
}

function toStrings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
