import type { Connection } from 'mongoose';
import { isActive } from '../../models/active-user.js';
import { permissionCollection } from '../../models/permission.js';
import { userCollection } from '../../models/user.js';
import type { Authorize } from './principal.js';

/** Rocket.Chat's permissions: granted when the roles of the permission and those of the user meet. */
export function createStoredPermissions({ connection }: { readonly connection: Connection }): Authorize {
  const permissions = () => permissionCollection(connection);
  const users = () => userCollection(connection);

  return async ({ userId }, permission) => {
    const [granted, user] = await Promise.all([
      permissions().findOne({ _id: permission }, { projection: { roles: 1 } }),
      users().findOne({ _id: userId }, { projection: { active: 1, roles: 1 } }),
    ]);
    if (!user || !isActive(user)) return false;
    const holders = new Set(toStrings(granted?.roles));
    return toStrings(user.roles).some((role) => holders.has(role));
  };
}

/** Only a list of texts grants anything. */
function toStrings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
