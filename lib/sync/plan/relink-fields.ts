import type { FieldChange } from '../../../models/change-row.js';
import type { UserRecord } from '../../../models/user.js';
import type { LdapIdentity } from '../../mapping/ldap-identity.js';

/** What linking a user by another id changes. */
export function toRelinkFields(
  { services }: UserRecord,
  { id, idAttribute }: LdapIdentity,
): readonly FieldChange[] {
  return [
    toChange('services.ldap.id', services?.ldap?.id, id),
    toChange('services.ldap.idAttribute', services?.ldap?.idAttribute, idAttribute),
  ];
}

function toChange(field: string, from: unknown, to: unknown): FieldChange {
  return from === undefined ? { field, to } : { field, from, to };
}
