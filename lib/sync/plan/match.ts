import type { Advice } from '../../advice.js';
import type { Person } from '../../mapping/map-entry.js';
import { ownersOf, type NameOwner, type NameOwners } from './name-owners.js';
import { toAddressConflict, toLinkConflict, type OtherAccount } from './link-conflict.js';
import type { Newcomer } from './newcomer.js';
import { findSameAddress } from './address-obstacles.js';
import { isForDecision, type MergeObstacle } from './merge-obstacle.js';
import { findMergeObstacles, type MergeTerms } from './merge-obstacles.js';
import { findShared, type SharedNames } from './shared-names.js';

export type Match =
  | { readonly kind: 'new' }
  /** `address`: the verified one that both have, as the account has it. */
  | { readonly kind: 'merge'; readonly userId: string; readonly address: string }
  /** `owners`: who has the names. `between`: the two may be connected by somebody's decision. */
  | ({
      readonly kind: 'conflict';
      readonly owners: readonly OtherAccount[];
      readonly between?: MatchedPair;
    } & Advice);

/** An account that is connected with the entry only when somebody says so. */
export interface MatchedPair {
  readonly account: NameOwner;
  readonly obstacles: readonly MergeObstacle[];
  readonly shared: SharedNames;
}

export interface MatchPolicy {
  readonly mergeExisting: boolean;
  /** The roles that every new user gets. */
  readonly defaultRoles: readonly string[];
}

/**
 * Matches a person who is not linked yet: to nobody, to an account of the host (only where merging is wanted,
 * and only the one that has proven the entry's first address and has no more rights than a new user), or to a
 * conflict that says why not.
 */
export function matchUnlinked(
  { person, username }: Newcomer,
  nameOwners: NameOwners,
  policy: MatchPolicy,
): Match {
  const owners = findOwners(person, username, nameOwners);
  const [owner] = owners;
  if (!owner) return { kind: 'new' };
  const terms: MergeTerms = {
    // As the directory writes it: what was made of it may be somebody else's.
    address: person.hasBuiltAddress ? undefined : (person.writtenAddress ?? person.emails[0]),
    defaultRoles: policy.defaultRoles,
  };
  const obstacles = findMergeObstacles(owner.account, terms);
  // Whoever is of another server is nobody who has an account here.
  const mergeExisting = policy.mergeExisting && person.homeServer === undefined;
  const isOnlyOne = mergeExisting && owners.length === 1;
  const address =
    isOnlyOne && obstacles.length === 0 ? findSameAddress(owner.account, terms.address) : undefined;
  if (address !== undefined) return { kind: 'merge', userId: owner.account._id, address };
  const between = isOnlyOne ? toPair(owner, person, obstacles) : undefined;
  const merging = { mergeExisting, obstacles, isWaiting: between !== undefined };
  return {
    kind: 'conflict',
    owners,
    ...toLinkConflict(person, owners, merging),
    ...(between ? { between } : {}),
  };
}

/** Names that only look like each other connect nobody. */
function toPair(
  { account, username }: OtherAccount,
  person: Person,
  obstacles: readonly MergeObstacle[],
): MatchedPair | undefined {
  if (!isForDecision(obstacles)) return undefined;
  const shared = findShared(account, { username, emails: person.emails });
  return shared && { account, obstacles, shared };
}

/** Every account that has the user name or an address of a person, once each, with the names that it has. */
export function findOwners(
  person: Person,
  username: string,
  nameOwners: NameOwners,
): readonly OtherAccount[] {
  const owners = new Map<string, OtherAccount>();
  const add = (account: NameOwner, shared: Partial<Pick<OtherAccount, 'username' | 'address'>>): void => {
    owners.set(account._id, { account, ...shared, ...owners.get(account._id) });
  };
  for (const account of ownersOf(nameOwners.usernames, username)) add(account, { username });
  for (const address of person.emails)
    for (const account of ownersOf(nameOwners.emails, address)) add(account, { address });
  return [...owners.values()];
}

/**
 * The conflict of a person with an account other than `ownId` that has one of the addresses, if there is one.
 */
export function findAddressConflict(
  { emails }: Person,
  nameOwners: NameOwners,
  ownId: string,
): ({ readonly kind: 'conflict' } & Advice) | undefined {
  for (const address of emails) {
    const account = ownersOf(nameOwners.emails, address).find(({ _id }) => _id !== ownId);
    if (account) return { kind: 'conflict', ...toAddressConflict({ account, address }) };
  }
  return undefined;
}
