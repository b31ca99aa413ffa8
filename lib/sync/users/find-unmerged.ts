import type { UserRecord } from '../../../models/user.js';
import { storedIdOf } from '../../mapping/ldap-identity.js';
import type { UserChange } from './user-store.js';

/** Of those who were to become linked the ones who are not: they have changed since they were looked at. */
export async function findUnmerged(
  changes: readonly UserChange[],
  read: (userIds: readonly string[]) => Promise<readonly UserRecord[]>,
): Promise<readonly string[]> {
  const merging = changes.filter((change) => change.merging);
  if (merging.length === 0) return [];
  const stored = await read(merging.map(({ userId }) => userId));
  const linkedTo = new Map(stored.map((user) => [user._id, storedIdOf(user)]));
  return merging
    .filter(({ userId, diff }) => linkedTo.get(userId) !== diff.set.get('services.ldap.id'))
    .map(({ userId }) => userId);
}
