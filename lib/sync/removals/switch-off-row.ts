import { SWITCHED_OFF_FIELDS, type DeactivationCause, type RemovalRow } from '../../../models/change-row.js';
import type { UserRecord } from '../../../models/user.js';
import type { LdapIdentity } from '../../mapping/ldap-identity.js';

/** The row that switches off a user who is linked to this identity. */
export function toSwitchOffRow(
  { _id, username, name }: UserRecord,
  { id: ldapId, idAttribute }: LdapIdentity,
  because: DeactivationCause,
): RemovalRow {
  return {
    kind: 'deactivate',
    because,
    outcome: 'deactivated',
    state: 'waiting',
    userId: _id,
    ldapId,
    idAttribute,
    ...(username === undefined ? {} : { username }),
    ...(name === undefined ? {} : { name }),
    fields: SWITCHED_OFF_FIELDS,
  };
}
