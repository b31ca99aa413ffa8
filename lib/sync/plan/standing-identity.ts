import { toIds, type LdapIdentity } from '../../mapping/ldap-identity.js';
import { findLinkedUser, type StoredPeople } from './plan-page.js';

/**
 * The identity that the user of an entry is linked by, where the attribute has several values: the first that
 * somebody is linked by; without anybody, the first of all. Pure.
 */
export function toStandingIdentity(identity: LdapIdentity, linked: StoredPeople['linked']): LdapIdentity {
  const { idAttribute, otherIds } = identity;
  if (!otherIds) return identity;
  const standing = toIds(identity).find((id) => findLinkedUser({ id, idAttribute }, linked) !== undefined);
  return { id: standing ?? identity.id, idAttribute };
}
