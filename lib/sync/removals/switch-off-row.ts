import { SWITCHED_OFF_FIELDS, type DeactivationCause, type RemovalRow } from '../../../models/change-row.js';
import type { UserRecord } from '../../../models/user.js';
import type { LdapIdentity } from '../../mapping/ldap-identity.js';

/** The row that switches off a user who is linked to this identity. */
export function toSwitchOffRow(
  { _id, username, name, importIds }: UserRecord,
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
    ...toLastDn(importIds),
    fields: SWITCHED_OFF_FIELDS,
  };
}

const MAX_DN = 1_000;

/** Where the entry was read last: whoever decides sees by it that a whole part of the directory is missing. */
function toLastDn(importIds: unknown): { readonly dn?: string } {
  const dn: unknown = Array.isArray(importIds) ? importIds.at(-1) : undefined;
  return typeof dn === 'string' && dn !== '' && dn.length <= MAX_DN ? { dn } : {};
}
