import { isActive } from '../../../models/active-user.js';
import type { UserRecord } from '../../../models/user.js';
import { isInDoubt } from '../../mapping/lasting-ids.js';
import type { Person } from '../../mapping/map-entry.js';
import type { UserDiff } from './diff.js';
import { isConversion } from './federation.js';

interface Followed {
  readonly person: Person;
  readonly user: UserRecord;
  readonly diff: Pick<UserDiff, 'activation'>;
  /** The settings leave the user alone. */
  readonly isAccessOnly?: true;
}

/**
 * Whether the rooms of a linked user follow the groups of the person. Not of a user whom the settings leave
 * alone, who is off, or who is switched off in this run; nor while it is not sure that the person is one of those
 * who are synced, or whose entry it is; nor while the entry is that of an account of another server, which the
 * user is not, or the reverse. Pure.
 */
export function followsGroups({ person, user, diff, isAccessOnly }: Followed): boolean {
  return (
    !isAccessOnly &&
    mayBeInRooms(user) &&
    diff.activation !== 'deactivate' &&
    !person.hasUnknownMembership &&
    !isInDoubt(person) &&
    !isConversion(person, user)
  );
}

/** Whether the user is brought into rooms at all: those of other servers come by their own way. */
export function mayBeInRooms(user: UserRecord): boolean {
  return isActive(user) && user.username !== undefined && user.federated !== true;
}
