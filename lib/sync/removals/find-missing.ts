import type { UserRecord } from '../../../models/user.js';
import type { ChangeLog } from '../history/change-log.js';
import { SWITCHED_OFF_FIELDS, type RemovalRow } from '../../../models/change-row.js';
import { countWanted, type SweepState } from './sweep-state.js';
import type { UserStore } from '../users/user-store.js';
import { toCandidate, type Candidate } from './look-up-people.js';

/**
 * Compares the active linked users with who was seen, page by page, and collects those who are missing.
 * Returns how many could not be compared, because they are linked by an attribute that not every entry of
 * this sweep had.
 */
export async function collectMissing(
  state: SweepState,
  users: UserStore,
  changes: ChangeLog,
): Promise<number> {
  let uncomparable = 0;
  for await (const user of users.activeLinked()) {
    if (state.seen.has(user.services?.ldap?.id ?? '')) continue;
    const candidate = toCandidate(user);
    if (!candidate || !isComparable(candidate, state)) {
      uncomparable += 1;
      continue;
    }
    const row = toMissingRow(user, candidate.ldapId, candidate.idAttribute);
    countWanted([row], state);
    await changes.collect([row]);
  }
  return uncomparable;
}

/** Whether not being seen says something of somebody with such an id. */
function isComparable({ idAttribute }: Candidate, { idAttributes, lackedIdAttributes }: SweepState): boolean {
  const attribute = idAttribute.toLowerCase();
  return idAttributes.has(attribute) && !lackedIdAttributes.has(attribute);
}

/** The removal of somebody who was not seen. */
export function toMissingRow(
  { _id, username, name }: UserRecord,
  ldapId: string,
  idAttribute: string,
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
