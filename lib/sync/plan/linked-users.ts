import type { Advice } from '../../advice.js';
import type { UserRecord } from '../../../models/user.js';
import type { LdapIdentity } from '../../mapping/ldap-identity.js';
import type { NameOwners } from './name-owners.js';

export interface StoredPeople {
  /** Linked users by `services.ldap.id`. */
  readonly linked: ReadonlyMap<string, readonly UserRecord[]>;
  readonly nameOwners: NameOwners;
  /** Accounts that may be merged, by `_id`. */
  readonly accounts: ReadonlyMap<string, UserRecord>;
  /** The names of teams among the user names that are newly wanted, as keys. @default none */
  readonly teams?: ReadonlySet<string>;
}

/**
 * The linked user of a person. Several users with one id are told apart by the attribute of the id; where
 * that is the same, no user is chosen.
 */
export function findLinkedUser(
  person: LdapIdentity,
  linked: StoredPeople['linked'],
): UserRecord | undefined | 'ambiguous' {
  const candidates = findLinkedUsers(person, linked);
  return candidates.length > 1 ? 'ambiguous' : candidates[0];
}

/**
 * All users who are linked to the entry of a person: more than one only by mistake. Without any, those who
 * are linked by what identified the entry before.
 */
export function findLinkedUsers(
  { id, idAttribute, former }: LdapIdentity,
  linked: StoredPeople['linked'],
): readonly UserRecord[] {
  const found = findUsersOf({ id, idAttribute }, linked);
  return found.length === 0 && former ? findUsersOf(former, linked) : found;
}

function findUsersOf(
  { id, idAttribute }: LdapIdentity,
  linked: StoredPeople['linked'],
): readonly UserRecord[] {
  return (linked.get(id) ?? []).filter(
    ({ services }) => toText(services?.ldap?.idAttribute).toLowerCase() === idAttribute.toLowerCase(),
  );
}

/** What is told of an entry that is linked to more than one user. */
export const SEVERAL_LINKED: Advice = {
  code: 'several-accounts-linked',
  params: {},
  reason: 'Several accounts are linked to this entry.',
  remedy: 'Remove services.ldap from all accounts but one.',
};

/** The host may have stored a value of any type. */
function toText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
