import type { UserRecord } from '../../../models/user.js';
import { storedIdOf } from '../../mapping/ldap-identity.js';
import type { UserChange } from './user-store.js';

/**
 * The ids of accounts that were to become linked and did not, because they have changed since they were read.
 */
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
