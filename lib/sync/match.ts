import type { Person, Rejection } from '../mapping/map-entry.js';
import type { UserRecord } from '../../models/user.js';

/** A stored user who already has one of the user names or addresses a page wants. */
export type Claimant = Pick<UserRecord, '_id' | 'username' | 'emails' | 'type' | 'active'> & {
  readonly linked: boolean;
  /** The entry, of somebody who is only being created. */
  readonly dn?: string;
};

/** Who has a user name or an address. Keys are lower-case: `Ada` and `ada` are one name to people. */
export interface Claims {
  readonly usernames: ReadonlyMap<string, Claimant>;
  readonly emails: ReadonlyMap<string, Claimant>;
}

export type Match =
  | { readonly kind: 'new' }
  | { readonly kind: 'merge'; readonly userId: string }
  | ({ readonly kind: 'conflict' } & Rejection);

/**
 * Matches a person who is not linked yet: to nobody, to an account of the host (only where merging is wanted: by the first
 * address, then by user name, and never to a linked account or a bot), or to a conflict.
 */
export function matchUnlinked(person: Person, username: string, claims: Claims, mergeExisting: boolean): Match {
  const byEmail = claims.emails.get((person.emails[0] ?? '').toLowerCase());
  const byUsername = claims.usernames.get(username.toLowerCase());
  const target = [byEmail, byUsername].find((claimant) => claimant !== undefined && isMergeable(claimant));
  if (mergeExisting && target) {
    return findConflict(person, username, claims, target._id) ?? { kind: 'merge', userId: target._id };
  }
  const mergeHint = target ? ', or switch LDAP_Merge_Existing_Users on to connect this account with the entry' : '';
  return findConflict(person, username, claims, undefined, mergeHint) ?? { kind: 'new' };
}

/** The conflict of a person with somebody other than `ownId`, if there is one. */
export function findConflict(
  person: Person,
  username: string | undefined,
  claims: Claims,
  ownId: string | undefined,
  mergeHint = '',
): ({ readonly kind: 'conflict' } & Rejection) | undefined {
  const nameOwner = username === undefined ? undefined : claims.usernames.get(username.toLowerCase());
  if (nameOwner && nameOwner._id !== ownId) {
    return {
      kind: 'conflict',
      reason: `The user name ${username} belongs to another account (${describe(nameOwner)}).`,
      remedy: `Rename one of the two${mergeHint}.`,
    };
  }
  for (const address of person.emails) {
    const owner = claims.emails.get(address.toLowerCase());
    if (owner && owner._id !== ownId) {
      return {
        kind: 'conflict',
        reason: `The address ${address} belongs to another account (${describe(owner)}).`,
        remedy: `Change the address of one of the two${mergeHint}.`,
      };
    }
  }
  return undefined;
}

function isMergeable({ linked, type }: Claimant): boolean {
  return !linked && (type === undefined || type === 'user');
}

function describe({ _id, username, dn }: Claimant): string {
  if (dn !== undefined) return `the one of ${dn}`;
  return username === undefined ? `id ${_id}` : `${username}, id ${_id}`;
}
