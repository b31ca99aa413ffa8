import type { RemovalRow } from '../../../models/change-row.js';
import type { UserRecord } from '../../../models/user.js';
import { storedIdOf, type LdapIdentity } from '../../mapping/ldap-identity.js';

/** The identity of the person a row is about. */
export function identityOf({
  ldapId,
  idAttribute,
}: Pick<RemovalRow, 'ldapId' | 'idAttribute'>): LdapIdentity {
  return { id: ldapId, idAttribute };
}

/** Whether it is the one of the row. The spelling of an attribute's name is no difference. */
export function isLinkedAs(
  identity: LdapIdentity | undefined,
  { ldapId, idAttribute }: Pick<RemovalRow, 'ldapId' | 'idAttribute'>,
): boolean {
  return identity?.id === ldapId && identity.idAttribute.toLowerCase() === idAttribute.toLowerCase();
}

/** Whether it is the one of the row, or the former one that the same run replaces. */
export function isLinkedAsNow(identity: LdapIdentity | undefined, row: RemovalRow): boolean {
  return isLinkedAs(identity, row) || (row.formerly !== undefined && isLinkedAs(identity, row.formerly));
}

/** The same of a user as stored, by the id alone. */
export function isLinkedById(user: UserRecord, { ldapId, formerly }: RemovalRow): boolean {
  const id = storedIdOf(user);
  return id === ldapId || (formerly !== undefined && id === formerly.ldapId);
}
