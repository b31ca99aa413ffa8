import type { Connection } from 'mongoose';
import { isActive } from '../../../models/active-user.js';
import { userCollection, type UserRecord } from '../../../models/user.js';
import { toNameKey } from '../../mapping/name-keys.js';
import { mayEnter } from './read-rooms.js';

/** The user with this name, whatever its case; who is off or of another server can own nothing. */
export async function findChannelOwner(
  connection: Connection,
  username: string,
): Promise<string | undefined> {
  if (username === '') return undefined;
  const users = userCollection(connection);
  const options = { projection: { username: 1, active: 1, federated: 1 } } as const;
  const exact = await users.findOne({ username }, options);
  if (exact) return canOwn(exact) ? exact._id : undefined;
  // A pattern asks about every user once, and only where a channel is to be made.
  const pattern = `^${username.replace(/[^\p{L}\p{N}]/gu, (sign) => `\\${sign}`)}$`;
  const alike = await users
    .find({ username: { $regex: pattern, $options: 'i' } }, { ...options, limit: 10 })
    .toArray();
  const key = toNameKey(username);
  const owners = alike.filter((user) => toNameKey(user.username ?? '') === key && canOwn(user));
  return owners.length === 1 ? owners[0]?._id : undefined;
}

/** As whoever makes the channel asks once more. */
function canOwn(user: Pick<UserRecord, 'active' | 'username' | 'federated'>): boolean {
  return isActive(user) && mayEnter(user);
}
