import type { UserRecord } from '../../../models/user.js';
import type { Advice } from '../../advice.js';
import type { Person } from '../../mapping/map-entry.js';
import type { LdapIdentity } from '../../mapping/ldap-identity.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import type { NameOwners } from './name-owners.js';
import { diffUser, hasAdditiveChange, toDiffSettings, type UserDiff } from './diff.js';
import { findAddressConflict, matchUnlinked } from './match.js';
import type { Newcomer } from './newcomer.js';
import { findDomainRejection } from './allowed-domain.js';
import { reserveNames, type PageNameOwners } from './reserve-names.js';

/** What is to be done for one person. */
export type Decision =
  | ({ readonly kind: 'create' } & Newcomer)
  | {
      readonly kind: 'existing';
      readonly person: Person;
      readonly user: UserRecord;
      readonly diff: UserDiff;
      readonly link: boolean;
      /**
       * Set for an account that is to be linked: the verified address that it shares with the entry, as the
       * account has it.
       */
      readonly mergedBy?: string;
    }
  /** Not linked, or not to be updated, by the settings. */
  | { readonly kind: 'leave'; readonly person: Person; readonly user: UserRecord | undefined }
  /**
   * Nothing is written. `isDisabled`: the directory wants the linked user off; `isRejected`: no other account
   * stands in the way.
   */
  | ({
      readonly kind: 'conflict';
      readonly person: Person;
      readonly user: UserRecord | undefined;
      readonly isDisabled?: boolean;
      readonly isRejected?: boolean;
    } & Advice);

export interface StoredPeople {
  /** Linked users by `services.ldap.id`. */
  readonly linked: ReadonlyMap<string, readonly UserRecord[]>;
  readonly nameOwners: NameOwners;
  /** Accounts that may be merged, by `_id`. */
  readonly accounts: ReadonlyMap<string, UserRecord>;
}

/**
 * Plans a page: one decision a person. Pure. Within a page the first person who wants a user name or an
 * address gets it.
 */
export function planPage(
  people: readonly Person[],
  stored: StoredPeople,
  settings: SyncSettings,
): readonly Decision[] {
  const nameOwners = {
    usernames: new Map(stored.nameOwners.usernames),
    emails: new Map(stored.nameOwners.emails),
  };
  const known: StoredPeople = { ...stored, nameOwners };
  return people.map((person) => {
    const decision = decide(person, known, settings);
    reserve(decision, nameOwners);
    return decision;
  });
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

/** All users who are linked to the entry of a person: more than one only by mistake. */
export function findLinkedUsers(
  { id, idAttribute }: LdapIdentity,
  linked: StoredPeople['linked'],
): readonly UserRecord[] {
  return (linked.get(id) ?? []).filter(
    ({ services }) => toText(services?.ldap?.idAttribute).toLowerCase() === idAttribute.toLowerCase(),
  );
}

/** The host may have stored a value of any type. */
function toText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function decide(person: Person, stored: StoredPeople, settings: SyncSettings): Decision {
  const { policy } = settings;
  const user = findLinkedUser(person, stored.linked);
  if (user === 'ambiguous') {
    return {
      kind: 'conflict',
      person,
      user: undefined,
      code: 'several-accounts-linked',
      params: {},
      reason: 'Several accounts are linked to this entry.',
      remedy: 'Remove services.ldap from all accounts but one.',
    };
  }
  if (!policy.syncUsers || (user ? !policy.keepUpdated : false)) return { kind: 'leave', person, user };
  if (user) return decideExisting({ person, user }, stored.nameOwners, settings);
  if (!policy.importNew && !policy.mergeExisting) return { kind: 'leave', person, user };

  const username = person.username ?? person.id;
  const match = matchUnlinked({ person, username }, stored.nameOwners, {
    mergeExisting: policy.mergeExisting,
    defaultRoles: settings.newUser.roles,
  });
  switch (match.kind) {
    case 'conflict':
      return { ...match, person, user: undefined };
    case 'merge': {
      const account = stored.accounts.get(match.userId);
      return account
        ? decideExisting({ person, user: account, mergedBy: match.address }, stored.nameOwners, settings)
        : { kind: 'leave', person, user: undefined };
    }
    case 'new': {
      if (!policy.importNew) return { kind: 'leave', person, user: undefined };
      const rejection = findDomainRejection(person, settings.newUser.allowedDomains);
      return rejection
        ? { kind: 'conflict', person, user: undefined, isRejected: true, ...rejection }
        : { kind: 'create', person, username };
    }
  }
}

function decideExisting(
  { person, user, mergedBy }: Pick<Decision & { kind: 'existing' }, 'person' | 'user' | 'mergedBy'>,
  nameOwners: NameOwners,
  settings: SyncSettings,
): Decision {
  const diff = diffUser(person, user, toDiffSettings(settings));
  // A user name or an address that replaces another is checked later, when the removals are done: its present
  // owner may lose it in this run too.
  const conflict = diff.set.has('emails') ? findAddressConflict(person, nameOwners, user._id) : undefined;
  const link = mergedBy !== undefined;
  if (conflict) return { ...conflict, person, user, isDisabled: !link && diff.activation === 'deactivate' };
  return { kind: 'existing', person, user, diff, link, ...(link ? { mergedBy } : {}) };
}

/** The stored user a decision is about. */
export function userOf(decision: Decision): UserRecord | undefined {
  return decision.kind === 'create' || decision.kind === 'conflict' ? undefined : decision.user;
}

/** True when something about this person has to be written now. */
export function isWrite(decision: Decision): boolean {
  return (
    decision.kind === 'create' ||
    (decision.kind === 'existing' && (decision.link || hasAdditiveChange(decision.diff)))
  );
}

/** The user gets the address only after the sweep, but has it before anybody who comes later in the page. */
function isGettingAddress(decision: Decision): boolean {
  return decision.kind === 'existing' && decision.diff.clear.has('emails');
}

function reserve(decision: Decision, nameOwners: PageNameOwners): void {
  if (!isWrite(decision) && !isGettingAddress(decision)) return;
  const account = decision.kind === 'existing' ? decision.user : undefined;
  const username = decision.kind === 'create' ? decision.username : account?.username;
  reserveNames(nameOwners, decision.person, { account, username });
}
