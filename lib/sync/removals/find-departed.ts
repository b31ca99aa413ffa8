import { isActive } from '../../../models/active-user.js';
import type { UserRecord } from '../../../models/user.js';
import { LdapSyncError } from '../../errors.js';
import { toLdapIdentity, type LdapIdentity } from '../../mapping/ldap-identity.js';
import { findGone } from './find-gone.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import type { SweepState } from './sweep-state.js';

/** Somebody whose user is off, and whose entry is gone. */
export interface Departed {
  readonly user: UserRecord;
  readonly identity: LdapIdentity;
}

type Dependencies = Pick<RemovalDependencies, 'users' | 'directory' | 'settings' | 'run'>;

/**
 * Those of these users who have left: linked, off, not seen by the sweep, and gone by a direct look-up.
 * Nobody, where the directory does not answer.
 */
export async function findDeparted(
  userIds: readonly string[],
  state: Pick<SweepState, 'seen' | 'seenFormers'>,
  { users, ...dependencies }: Dependencies,
): Promise<ReadonlyMap<string, Departed>> {
  const found = await users.findById([...new Set(userIds)]);
  const candidates = [...found.values()].flatMap((user): Departed[] => {
    const identity = toLdapIdentity(user);
    return identity && !isActive(user) ? [{ user, identity }] : [];
  });
  const identities = candidates.map(({ identity }) => identity);
  try {
    const gone = await findGone(identities, state, dependencies);
    const departed = candidates.filter(({ identity }) => gone.has(identity.id));
    return new Map(departed.map((one) => [one.user._id, one]));
  } catch (error) {
    if (error instanceof LdapSyncError) return new Map();
    throw error;
  }
}
