import type { NameOwner, NameOwners } from './name-owners.js';
import { findAddressObstacles } from './address-obstacles.js';
import { findOwners, type MatchedPair } from './match.js';
import { isFederated } from './merge-obstacles.js';
import type { Newcomer } from './newcomer.js';
import { findShared } from './shared-names.js';

/**
 * The account that is linked to another entry, and has the user name and an address of this one: the same
 * person, if the other entry is gone. An address that is made of the user name says no more than the name.
 * Pure.
 */
export function findAlike({ person, username }: Newcomer, nameOwners: NameOwners): MatchedPair | undefined {
  const [owner, another] = findOwners(person, username, nameOwners);
  if (!owner || another || person.hasBuiltAddress || !isLinkedPerson(owner.account)) return undefined;
  const { account } = owner;
  const shared = findShared(account, { username, emails: person.emails });
  if (shared?.username === undefined || shared.address === undefined) return undefined;
  const address = person.writtenAddress ?? person.emails[0];
  return { account, shared, obstacles: [LINKED, ...findAddressObstacles(account, address)] };
}

const LINKED = { code: 'linked', reason: 'it is linked to another entry' } as const;

/** A user who is being created in this page has a `dn`, and an entry of their own. */
function isLinkedPerson(account: NameOwner): boolean {
  return account.linked && account.dn === undefined && account.type === 'user' && !isFederated(account);
}
