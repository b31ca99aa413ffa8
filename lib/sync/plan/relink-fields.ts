import type { FieldChange } from '../../../models/change-row.js';
import type { UserRecord } from '../../../models/user.js';
import type { LdapIdentity } from '../../mapping/ldap-identity.js';
import { toFieldChange } from './field-change.js';

/** What linking a user by another id changes. */
export function toRelinkFields(
  { services }: UserRecord,
  { id, idAttribute }: LdapIdentity,
): readonly FieldChange[] {
  return [
    toFieldChange('services.ldap.id', services?.ldap?.id, id),
    toFieldChange('services.ldap.idAttribute', services?.ldap?.idAttribute, idAttribute),
  ];
}
