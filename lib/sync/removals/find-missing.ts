import type { UserRecord } from '../../../models/user.js';
import type { ChangeLog } from '../history/change-log.js';
import { SWITCHED_OFF_FIELDS, type RemovalRow } from '../../../models/change-row.js';
import { countWanted, type SweepState } from './sweep-state.js';
import type { UserStore } from '../users/user-store.js';
import { storedIdOf, toLdapIdentity, type LdapIdentity } from '../../mapping/ldap-identity.js';

/**
 * Compares the active linked users with the people seen, page by page, and collects the users who are
 * missing. Returns how many users could not be compared: they are linked by an attribute that not every entry
 * of this sweep had.
 */
export async function collectMissing(
  state: SweepState,
  users: UserStore,
  changes: ChangeLog,
): Promise<number> {
  let uncomparable = 0;
  for await (const user of users.activeLinked()) {
    if (state.seen.has(storedIdOf(user))) continue;
    const identity = toLdapIdentity(user);
    if (!identity || !isComparable(identity, state)) {
      uncomparable += 1;
      continue;
    }
    const row = toMissingRow(user, identity);
    countWanted([row], state);
    await changes.collect([row]);
  }
  return uncomparable;
}

/** Whether an unseen id of this attribute proves that the person is missing. */
function isComparable(
  { idAttribute }: LdapIdentity,
  { idAttributes, lackedIdAttributes }: SweepState,
): boolean {
  const attribute = idAttribute.toLowerCase();
  return idAttributes.has(attribute) && !lackedIdAttributes.has(attribute);
}

/** The row that switches off a user who was not seen. */
export function toMissingRow(
  { _id, username, name }: UserRecord,
  { id: ldapId, idAttribute }: LdapIdentity,
): RemovalRow {
  return {
    kind: 'deactivate',
    because: 'missing-from-directory',
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
