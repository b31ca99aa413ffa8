import { isAttributeName } from '../directory/search-filter.js';
import { toRemovalLimit } from './guard.js';
import type { SweepState } from './sweep-state.js';
import type { DeactivationCandidate, UserStore } from './user-store.js';

/** Active linked users whom a complete sweep did not see. */
export interface Missing {
  /** At most one more than the guard lets pass, so that a vanished directory costs no memory. */
  readonly listed: readonly DeactivationCandidate[];
  readonly total: number;
  /** Linked by an attribute that no entry of this sweep had. */
  readonly uncomparable: number;
}

export const NOBODY_MISSING: Missing = { listed: [], total: 0, uncomparable: 0 };

/** Compares the active linked users with who was seen, page by page. */
export async function findMissing(state: SweepState, users: UserStore): Promise<Missing> {
  const listed: DeactivationCandidate[] = [];
  let scanned = 0;
  let total = 0;
  let uncomparable = 0;
  for await (const user of users.activeLinked()) {
    scanned += 1;
    const { id = '', idAttribute = '' } = user.services?.ldap ?? {};
    if (state.seen.has(id)) continue;
    const attribute = idAttribute.toLowerCase();
    if (!state.idAttributes.has(attribute) || state.lackedIdAttributes.has(attribute) || !isAttributeName(idAttribute)) {
      uncomparable += 1;
      continue;
    }
    total += 1;
    if (listed.length > toRemovalLimit(scanned)) continue;
    listed.push({
      userId: user._id,
      ldapId: id,
      idAttribute,
      username: user.username,
      name: user.name,
      isAdmin: user.roles?.includes('admin') === true,
      because: 'missing-from-directory',
    });
  }
  return { listed, total, uncomparable };
}
