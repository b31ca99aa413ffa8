import type { UserRecord } from '../../../models/user.js';
import type { Advice } from '../../advice.js';
import type { Person } from '../../mapping/map-entry.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import type { NameOwners } from './name-owners.js';
import { diffUser, hasAdditiveChange, type UserDiff } from './diff.js';
import { findLinkedUser } from './linked-user.js';
import { findAddressConflict, matchUnlinked } from './match.js';
import { SEVERAL_LINKED, type OtherAccount } from './link-conflict.js';
import type { Newcomer } from './newcomer.js';
import { MEMBERSHIP_UNKNOWN } from './unknown-membership.js';
import { findDomainRejection } from './allowed-domain.js';
import { findNameRefusal, toNameRules, type NameRules } from './name-refusal.js';
import { refuseRename, type RefusedRename } from './refused-rename.js';
import { reserveNames, type PageNameOwners } from './reserve-names.js';

export { findLinkedUser, findLinkedUsers } from './linked-user.js';

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
      /** Set where the user is not renamed, although the directory wants it. */
      readonly refusedRename?: RefusedRename;
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
      /** Of a newcomer: who has the names. */
      readonly owners?: readonly OtherAccount[];
    } & Advice);

export interface StoredPeople {
  /** Linked users by `services.ldap.id`. */
  readonly linked: ReadonlyMap<string, readonly UserRecord[]>;
  readonly nameOwners: NameOwners;
  /** Accounts that may be merged, by `_id`. */
  readonly accounts: ReadonlyMap<string, UserRecord>;
  /** The names of teams among the user names that are newly wanted, as keys. @default none */
  readonly teams?: ReadonlySet<string>;
}

interface Known extends StoredPeople {
  readonly nameRules: NameRules;
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
  const known: Known = {
    ...stored,
    nameOwners,
    nameRules: toNameRules(settings.usernames, stored.teams),
  };
  return people.map((person) => {
    const decision = decide(person, known, settings);
    reserve(decision, nameOwners);
    return decision;
  });
}

function decide(person: Person, stored: Known, settings: SyncSettings): Decision {
  const { policy } = settings;
  const user = findLinkedUser(person, stored.linked);
  if (user === 'ambiguous') {
    return { kind: 'conflict', person, user: undefined, ...SEVERAL_LINKED };
  }
  if (!policy.syncUsers || (user ? !policy.keepUpdated : false)) return { kind: 'leave', person, user };
  if (user) return decideExisting({ person, user }, stored, settings);
  return decideNewcomer(person, stored, settings);
}

/** Nobody is linked to the entry. */
function decideNewcomer(person: Person, stored: Known, settings: SyncSettings): Decision {
  const { policy } = settings;
  if (!policy.importNew && !policy.mergeExisting) return { kind: 'leave', person, user: undefined };
  if (person.hasUnknownMembership)
    return { kind: 'conflict', person, user: undefined, isRejected: true, ...MEMBERSHIP_UNKNOWN };
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
        ? decideExisting({ person, user: account, mergedBy: match.address }, stored, settings)
        : { kind: 'leave', person, user: undefined };
    }
    case 'new': {
      if (!policy.importNew) return { kind: 'leave', person, user: undefined };
      return decideNew({ person, username }, stored, settings);
    }
  }
}

function decideNew(newcomer: Newcomer, { nameRules }: Known, { newUser }: SyncSettings): Decision {
  const { person } = newcomer;
  const rejection =
    findNameRefusal(newcomer.username, nameRules) ?? findDomainRejection(person, newUser.allowedDomains);
  return rejection
    ? { kind: 'conflict', person, user: undefined, isRejected: true, ...rejection }
    : { kind: 'create', ...newcomer };
}

function decideExisting(
  { person, user, mergedBy }: Pick<Decision & { kind: 'existing' }, 'person' | 'user' | 'mergedBy'>,
  { nameOwners, nameRules }: Known,
  settings: SyncSettings,
): Decision {
  const diff = diffUser(person, user, {
    emailsVerified: settings.newUser.emailsVerified,
    activeState: settings.policy.activeState,
  });
  // A user name or an address that replaces another is checked later, when the removals are done: its present
  // owner may lose it in this run too.
  const conflict = diff.set.has('emails') ? findAddressConflict(person, nameOwners, user._id) : undefined;
  const link = mergedBy !== undefined;
  if (conflict) return { ...conflict, person, user, isDisabled: !link && diff.activation === 'deactivate' };
  const refusedRename = refuseRename(diff, nameRules);
  return {
    kind: 'existing',
    person,
    user,
    diff,
    link,
    ...(link ? { mergedBy } : {}),
    ...(refusedRename ? { refusedRename } : {}),
  };
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
