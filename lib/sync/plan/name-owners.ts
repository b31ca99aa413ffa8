import type { UserRecord } from '../../../models/user.js';
import { toNameKey } from '../../mapping/name-keys.js';

/** Somebody who has a user name or an address. */
export type NameOwner = Pick<
  UserRecord,
  '_id' | 'username' | 'emails' | 'type' | 'active' | 'roles' | 'federated'
> & {
  readonly linked: boolean;
  /**
   * What else people sign in through: the names in `services` that are neither the host's own nor the
   * directory.
   */
  readonly otherServices?: readonly string[];
  /** The DN of the entry, for a user who is only being created. */
  readonly dn?: string;
};

/** What Rocket.Chat itself keeps in `services`, and the directory. */
const OWN_SERVICES = new Set([
  'password',
  'passwordHistory',
  'resume',
  'totp',
  'email',
  'email2fa',
  'emailCode',
  'ldap',
]);

/** `services` are the names in it, where they have been read. */
export function toNameOwner(user: UserRecord, services: readonly string[] = []): NameOwner {
  const { _id, username, emails, type, active, roles, federated } = user;
  return {
    _id,
    username,
    emails,
    type,
    active,
    roles,
    federated,
    linked: user.services?.ldap !== undefined,
    otherServices: services.filter((name) => !OWN_SERVICES.has(name)),
  };
}

/**
 * By {@link toNameKey}: texts that people take for each other are one name, but a database may hold both. An
 * owner found so stands in the way of a name, and is never merged for it.
 */
export type Owners = ReadonlyMap<string, readonly NameOwner[]>;

/** Who has the user names and addresses a page wants. */
export interface NameOwners {
  readonly usernames: Owners;
  readonly emails: Owners;
}

export function ownersOf(owners: Owners, text: string): readonly NameOwner[] {
  return owners.get(toNameKey(text)) ?? [];
}

/** Whether somebody else has one of them. */
export function isTaken(owners: Owners, texts: readonly string[], userId: string): boolean {
  return texts.some((text) => ownersOf(owners, text).some(({ _id }) => _id !== userId));
}

/** Adds an owner, and forgets what was known of the same owner before. */
export function addOwner(owners: Map<string, readonly NameOwner[]>, text: string, owner: NameOwner): void {
  const others = ownersOf(owners, text).filter(({ _id }) => _id !== owner._id);
  owners.set(toNameKey(text), [...others, owner]);
}

/** Forgets that a user has the name or the address. */
export function removeOwner(owners: Map<string, readonly NameOwner[]>, text: string, userId: string): void {
  const others = ownersOf(owners, text).filter(({ _id }) => _id !== userId);
  if (others.length > 0) owners.set(toNameKey(text), others);
  else owners.delete(toNameKey(text));
}
