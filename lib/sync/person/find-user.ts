import { toReadableEmails, type UserRecord } from '../../../models/user.js';
import { ownersOf } from '../plan/name-owners.js';
import type { UserStore } from '../users/user-store.js';
import type { Asked } from '../../../models/asked-person.js';
import { toHexId } from './hex-id.js';

/** The part of the store that writes nothing. */
export type UserReads = Pick<
  UserStore,
  | 'findLinked'
  | 'findById'
  | 'findNameOwners'
  | 'findTeams'
  | 'findRoles'
  | 'surveyLinks'
  | 'activeAdmins'
  | 'knownDisabled'
>;

/**
 * The stored user who is asked about, whatever the case of the name or address; of two, the one in the case
 * that was asked for. A DN is the directory's to answer.
 */
export async function findStoredUser({ by, text }: Asked, users: UserReads): Promise<UserRecord | undefined> {
  if (by === 'dn') return undefined;
  if (by === 'id') {
    const user = (await users.findById([text])).get(text);
    const hex = toHexId(text);
    return user ?? (hex === undefined ? undefined : (await users.findLinked([hex])).get(hex)?.[0]);
  }
  const nameOwners = await (by === 'username'
    ? users.findNameOwners([text], [])
    : users.findNameOwners([], [text]));
  const owners = ownersOf(nameOwners[by === 'username' ? 'usernames' : 'emails'], text);
  const owner =
    owners.find(({ username, emails }) =>
      by === 'username'
        ? username === text
        : toReadableEmails(emails).some(({ address }) => address === text),
    ) ?? owners[0];
  return owner ? (await users.findById([owner._id])).get(owner._id) : undefined;
}
