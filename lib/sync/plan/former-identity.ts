import type { UserRecord } from '../../../models/user.js';
import { isIdForever } from '../../mapping/lasting-ids.js';
import { toIds, type LdapIdentity } from '../../mapping/ldap-identity.js';
import type { Person } from '../../mapping/map-entry.js';
import { findLinkedUsers, type StoredPeople } from './linked-users.js';
import { findShared } from './shared-names.js';

/**
 * What the user of an entry is still linked by, where the entry is identified by something else by now: an id
 * that the entry has as well. `undefined` when somebody is linked by the present id, when several users are
 * found, or when the id can go to another entry and neither user name nor address says that it is the same
 * person. Pure.
 */
export function findFormer(
  identity: LdapIdentity,
  person: Person | undefined,
  linked: StoredPeople['linked'],
): LdapIdentity | undefined {
  const { formers = [], idAttribute } = identity;
  if (formers.length === 0) return undefined;
  if (toIds(identity).some((id) => findLinkedUsers({ id, idAttribute }, linked).length > 0)) return undefined;
  const found = formers.flatMap((former) =>
    findLinkedUsers(former, linked).map((user) => ({ former, user })),
  );
  const [one, another] = found;
  if (!one || (another && another.user._id !== one.user._id)) return undefined;
  return isSamePerson(one, person) ? one.former : undefined;
}

interface Linked {
  readonly former: LdapIdentity;
  readonly user: Pick<UserRecord, 'username' | 'emails'>;
}

/** Whether an entry that has the id a user was linked by is still the entry of the same person. */
export function isSamePerson({ former, user }: Linked, person: Person | undefined): boolean {
  return isIdForever(former.idAttribute) || (person !== undefined && findShared(user, person) !== undefined);
}

/** The key of a former identity, in the sets of those that a sweep has seen. */
export function toFormerKey({ id, idAttribute }: LdapIdentity): string {
  return `${idAttribute.toLowerCase()}:${id}`;
}
