import type { Connection } from 'mongoose';
import { isActive } from '../../../models/active-user.js';
import type { KnownAccount } from '../../../models/known-account.js';
import { ADMIN_ROLE } from '../../../models/role.js';
import { subscriptionCollection } from '../../../models/room.js';
import { userCollection, type UserRecord } from '../../../models/user.js';
import { LOOK_UP_BATCH } from '../../batches.js';
import { showInvisible } from '../../invisible-characters.js';
import { findRoles } from './find-roles.js';

/** What is known of accounts, by `users._id`. Those that are not there are missing. */
export type FindKnownAccounts = (userIds: readonly string[]) => Promise<ReadonlyMap<string, KnownAccount>>;

const MAX_ROLES = 20;
const MAX_TEXT = 256;

/** For a page of rows: asks the same few questions however many they are. */
export function createFindKnownAccounts(connection: Connection): FindKnownAccounts {
  return async (userIds) => {
    const ids = [...new Set(userIds)];
    if (ids.length === 0) return new Map();
    const [users, owned] = await Promise.all([readUsers(connection, ids), countOwned(connection, ids)]);
    const names = await readRoleNames(connection, users);
    return new Map(
      users.map((user) => [user._id, toKnown(user, { names, ownedRooms: owned.get(user._id) ?? 0 })]),
    );
  };
}

type ReadUser = Pick<UserRecord, '_id' | 'active' | 'roles' | 'lastLogin'>;

function readUsers(connection: Connection, ids: readonly string[]): Promise<readonly ReadUser[]> {
  const projection = { active: 1, roles: 1, lastLogin: 1 } as const;
  return userCollection(connection)
    .find({ _id: { $in: [...ids] } }, { projection })
    .toArray();
}

async function countOwned(
  connection: Connection,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const owned = { 'u._id': { $in: [...ids] }, roles: 'owner', t: { $in: ['c', 'p'] } };
  const found = await subscriptionCollection(connection)
    .aggregate([{ $match: owned }, { $group: { _id: '$u._id', count: { $sum: 1 } } }])
    .toArray();
  const counts = found as unknown as readonly { readonly _id: string; readonly count: number }[];
  return new Map(counts.map(({ _id, count }) => [_id, count]));
}

/** Rocket.Chat's custom roles have an id that says nothing. Of so many that they take two questions, the rest keep it. */
async function readRoleNames(
  connection: Connection,
  users: readonly ReadUser[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(users.flatMap((user) => rolesOf(user).slice(0, MAX_ROLES)))].slice(
    0,
    LOOK_UP_BATCH,
  );
  if (ids.length === 0) return new Map();
  const { roles } = await findRoles(connection, ids);
  return new Map(roles.flatMap(({ _id, name }) => (typeof name === 'string' ? [[_id, name] as const] : [])));
}

interface Known {
  readonly names: ReadonlyMap<string, string>;
  readonly ownedRooms: number;
}

function toKnown(user: ReadUser, { names, ownedRooms }: Known): KnownAccount {
  const { lastLogin } = user;
  const roles = rolesOf(user);
  return {
    active: isActive(user),
    roles: roles.slice(0, MAX_ROLES).map((id) => toShown(names.get(id) ?? id)),
    isAdministrator: roles.includes(ADMIN_ROLE),
    ...(lastLogin instanceof Date ? { lastLogin } : {}),
    ownedRooms,
  };
}

/** Whatever a host has stored there. */
function rolesOf({ roles }: ReadUser): readonly string[] {
  if (!Array.isArray(roles)) return [];
  return [...new Set((roles as readonly unknown[]).filter((role) => typeof role === 'string'))];
}

function toShown(text: string): string {
  return showInvisible(text.slice(0, MAX_TEXT)).slice(0, MAX_TEXT);
}
