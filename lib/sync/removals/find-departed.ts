import { isActive } from '../../../models/active-user.js';
import type { UserRecord } from '../../../models/user.js';
import { LdapSyncError } from '../../errors.js';
import { toLdapIdentity, type LdapIdentity } from '../../mapping/ldap-identity.js';
import { lookUpPeople } from './look-up-people.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import type { SweepState } from './sweep-state.js';

/** Somebody whose user is off, and whose entry is gone. */
export interface Departed {
  readonly user: UserRecord;
  readonly identity: LdapIdentity;
}

type Dependencies = Pick<RemovalDependencies, 'users' | 'directory' | 'settings' | 'run'>;

/**
 * Those of these users who have left: linked, off, not seen by the sweep, and gone by a direct look-up. Nobody, where
 * the directory does not answer.
 */
export async function findDeparted(
  userIds: readonly string[],
  { seen }: Pick<SweepState, 'seen'>,
  { users, directory, settings, run }: Dependencies,
): Promise<ReadonlyMap<string, Departed>> {
  const found = await users.findById([...new Set(userIds)]);
  const candidates = [...found.values()].flatMap((user): Departed[] => {
    const identity = toLdapIdentity(user);
    return identity && !isActive(user) && !seen.has(identity.id) ? [{ user, identity }] : [];
  });
  if (candidates.length === 0) return new Map();
  try {
    const lookedUp = await lookUpPeople(
      candidates.map(({ identity }) => identity),
      directory,
      { search: settings.search, attributes: [], signal: run.signal },
    );
    const gone = candidates.filter(({ identity }) => lookedUp.get(identity.id)?.kind === 'gone');
    return new Map(gone.map((departed) => [departed.user._id, departed]));
  } catch (error) {
    if (error instanceof LdapSyncError) return new Map();
    throw error;
  }
}
