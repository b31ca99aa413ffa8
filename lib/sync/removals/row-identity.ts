import type { RemovalRow } from '../../../models/change-row.js';
import type { LdapIdentity } from '../../mapping/ldap-identity.js';

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
