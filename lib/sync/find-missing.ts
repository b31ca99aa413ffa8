import { isAttributeName } from '../directory/search-filter.js';
import { isHexId } from '../mapping/unique-id.js';
import type { UserRecord } from '../../models/user.js';
import type { ChangeLog } from './change-log.js';
import type { RemovalRow } from './change-row.js';
import { SWITCHED_OFF } from './page-rows.js';
import { countWanted, type SweepState } from './sweep-state.js';
import type { UserStore } from './user-store.js';

/**
 * Compares the active linked users with who was seen, page by page, and collects those who are missing. Returns how many
 * could not be compared, because they are linked by an attribute that not every entry of this sweep had.
 */
export async function collectMissing(state: SweepState, users: UserStore, changes: ChangeLog): Promise<number> {
  let uncomparable = 0;
  for await (const user of users.activeLinked()) {
    const { id = '', idAttribute } = user.services?.ldap ?? {};
    if (state.seen.has(id)) continue;
    if (!isComparable(id, idAttribute, state)) {
      uncomparable += 1;
      continue;
    }
    const row = toMissingRow(user, id, idAttribute);
    countWanted([row], state);
    await changes.collect([row]);
  }
  return uncomparable;
}

/** Whether not being seen says something of somebody with this id, and a look-up can find them. */
function isComparable(id: string, idAttribute: unknown, { idAttributes, lackedIdAttributes }: SweepState): idAttribute is string {
  if (typeof idAttribute !== 'string' || !isAttributeName(idAttribute) || !isHexId(id)) return false;
  const attribute = idAttribute.toLowerCase();
  return idAttributes.has(attribute) && !lackedIdAttributes.has(attribute);
}

/** The removal of somebody who was not seen. */
export function toMissingRow({ _id, username, name }: UserRecord, ldapId: string, idAttribute: string): RemovalRow {
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
    fields: SWITCHED_OFF,
  };
}
