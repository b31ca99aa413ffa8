import type { UserRecord } from '../../../models/user.js';
import type { Person } from '../../mapping/map-entry.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import { diffAccess } from './access-diff.js';
import { findDomainRejection } from './allowed-domain.js';
import { isWrite, type Decision } from './decision.js';
import { diffUser, toDiffSettings } from './diff.js';
import { isConversion, NOT_RENAMED, toConversionAdvice } from './federation.js';
import { findLinkedUser, SEVERAL_LINKED, type StoredPeople } from './linked-users.js';
import { findAddressConflict, matchUnlinked } from './match.js';
import { findNameRefusal, toNameRules, type NameRules } from './name-refusal.js';
import { isFederated } from './merge-obstacles.js';
import type { Newcomer } from './newcomer.js';
import { toMergePair, toRelinkAdvice, toRelinkPair } from './planned-pairs.js';
import { refuseRename } from './refused-rename.js';
import { reserveNames, type PageNameOwners } from './reserve-names.js';
import { MEMBERSHIP_UNKNOWN } from './unknown-membership.js';

export { isLeftAlone, isWrite, userOf, type Decision } from './decision.js';
export { findLinkedUser, findLinkedUsers, type StoredPeople } from './linked-users.js';

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
  const known: Known = { ...stored, nameOwners, nameRules: toNameRules(settings.usernames, stored.teams) };
  return people.map((person) => {
    const decision = decide(person, known, settings);
    reserve(decision, nameOwners);
    return decision;
  });
}

function decide(person: Person, stored: Known, settings: SyncSettings): Decision {
  const { policy } = settings;
  const user = findLinkedUser(person, stored.linked);
  if (user === 'ambiguous') return { kind: 'conflict', person, user: undefined, ...SEVERAL_LINKED };
  if (!policy.syncUsers || (user ? !policy.keepUpdated : false)) return decideLeft(person, user, settings);
  if (user) return decideExisting({ person, user }, stored, settings);
  if (!policy.importNew && !policy.mergeExisting) return { kind: 'leave', person, user };
  return decideUnlinked(person, stored, settings);
}

/** The settings leave the user alone, but for what decides about access. */
function decideLeft(person: Person, user: UserRecord | undefined, settings: SyncSettings): Decision {
  const diff = user && diffAccess(person, user, settings);
  if (!diff) return { kind: 'leave', person, user };
  return { kind: 'existing', person, user, diff, link: false, isAccessOnly: true };
}

/** Nobody is linked to the entry. */
function decideUnlinked(person: Person, stored: Known, settings: SyncSettings): Decision {
  const { policy } = settings;
  if (person.hasUnknownMembership)
    return { kind: 'conflict', person, user: undefined, isRejected: true, ...MEMBERSHIP_UNKNOWN };
  const username = person.username ?? person.id;
  const match = matchUnlinked({ person, username }, stored.nameOwners, {
    mergeExisting: policy.mergeExisting,
    defaultRoles: settings.newUser.roles,
  });
  switch (match.kind) {
    case 'conflict': {
      const { between, ...conflict } = match;
      const newcomer = { person, username };
      const pair = between
        ? toMergePair(newcomer, between, { stored, settings })
        : toRelinkPair(newcomer, { stored, settings });
      const advice = pair?.kind === 'relink' ? toRelinkAdvice(pair) : conflict;
      return { ...conflict, ...advice, person, user: undefined, ...(pair ? { pair } : {}) };
    }
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
    findNameRefusal(newcomer.username, nameRules, person.homeServer !== undefined) ??
    findDomainRejection(person, newUser.allowedDomains);
  return rejection
    ? { kind: 'conflict', person, user: undefined, isRejected: true, ...rejection }
    : { kind: 'create', ...newcomer };
}

function decideExisting(
  { person, user, mergedBy }: Pick<Decision & { kind: 'existing' }, 'person' | 'user' | 'mergedBy'>,
  { nameOwners, nameRules }: Known,
  settings: SyncSettings,
): Decision {
  const diff = diffUser(person, user, toDiffSettings(settings));
  if (isConversion(person, user)) {
    const isDisabled = mergedBy === undefined && diff.activation === 'deactivate';
    return { kind: 'conflict', person, user, isRejected: true, isDisabled, ...toConversionAdvice(person) };
  }
  // A user name or an address that replaces another is checked later, when the removals are done: its present
  // owner may lose it in this run too.
  const conflict = diff.set.has('emails') ? findAddressConflict(person, nameOwners, user._id) : undefined;
  const link = mergedBy !== undefined;
  if (conflict) return { ...conflict, person, user, isDisabled: !link && diff.activation === 'deactivate' };
  const refusedRename = refuseRename(diff, nameRules, isFederated(user) ? NOT_RENAMED : undefined);
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
