import type { Person, Rejection } from '../mapping/map-entry.js';
import { ownersOf, type Claimant, type Claims } from './claims.js';

export type Match =
  | { readonly kind: 'new' }
  | { readonly kind: 'merge'; readonly userId: string }
  | ({ readonly kind: 'conflict' } & Rejection);

/**
 * Matches a person who is not linked yet: to nobody, to an account of the host (only where merging is wanted: by the first
 * address, then by user name, and never to a linked account or a bot), or to a conflict.
 */
export function matchUnlinked(
  person: Person,
  username: string,
  claims: Claims,
  mergeExisting: boolean,
): Match {
  const byEmail = ownersOf(claims.emails, person.emails[0] ?? '');
  const target = [...byEmail, ...ownersOf(claims.usernames, username)].find(isMergeable);
  if (mergeExisting && target) {
    return findConflict(person, username, claims, target._id) ?? { kind: 'merge', userId: target._id };
  }
  const mergeHint = target
    ? ', or switch LDAP_Merge_Existing_Users on to connect this account with the entry'
    : '';
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
  const isAnother = ({ _id }: Claimant): boolean => _id !== ownId;
  const nameOwner = username === undefined ? undefined : ownersOf(claims.usernames, username).find(isAnother);
  if (nameOwner) {
    return {
      kind: 'conflict',
      reason: `The user name ${username} belongs to another account (${describe(nameOwner)}).`,
      remedy: `Rename one of the two${mergeHint}.`,
    };
  }
  for (const address of person.emails) {
    const owner = ownersOf(claims.emails, address).find(isAnother);
    if (owner) {
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
