import type { UserRecord } from '../../models/user.js';
import type { Person } from '../mapping/map-entry.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import type { ActiveRun } from './active-run.js';
import { toNewUser } from './new-user.js';
import type { PagePhotos } from './page-photos.js';
import type { ReadPage } from './read-page.js';
import { reportPerson, toOutcome, who } from './person-outcome.js';
import { findLinkedUser, isWrite, planPage, userOf, type Decision, type StoredPeople } from './plan-page.js';
import type { Outcome } from './report.js';
import type { SweepState } from './sweep-state.js';
import type { UserDiff } from './diff.js';
import type { UserChange, UserStore } from './user-store.js';

export interface PageDependencies {
  readonly users: UserStore;
  readonly photos: PagePhotos;
  readonly settings: SyncSettings;
  readonly run: ActiveRun;
  readonly createId: () => string;
  readonly now: () => Date;
}

const NO_DIFF: UserDiff = { set: new Map(), clear: [], addImportId: undefined, rename: undefined, activation: undefined };

/** A page whose linked users have been looked up. */
export interface PreparedPage extends ReadPage {
  readonly linked: StoredPeople['linked'];
}

/** One page: a plan, at most one bulk write of each kind, the photos, the outcomes. */
export async function applyPage({ entries, people, refused, linked }: PreparedPage, state: SweepState, dependencies: PageDependencies): Promise<void> {
  const { users, photos, settings, run, now } = dependencies;
  const stored = await readStored(people, linked, users, settings);
  countLinked(people, linked, state);
  const decisions = planPage(people, stored, settings);

  const created = new Map<Decision, UserRecord>();
  for (const decision of decisions) {
    if (decision.kind === 'create') created.set(decision, toCreated(decision, dependencies));
  }
  run.assertMayWrite();
  const failures = new Map(created.size > 0 ? await users.insert([...created.values()]) : []);

  const owners = decisions.map((decision) => created.get(decision) ?? userOf(decision));
  const photoResults = await photos.take(decisions.map(({ person }, index) => ({ person, user: failures.has(owners[index]?._id ?? '') ? undefined : owners[index] })));
  const changes: UserChange[] = [];
  decisions.forEach((decision, index) => {
    const userId = owners[index]?._id;
    const photo = photoResults[index]?.change;
    const diff = decision.kind === 'existing' ? decision.diff : NO_DIFF;
    const isNeeded = photo !== undefined || (decision.kind === 'existing' && isWrite(decision));
    if (userId !== undefined && isNeeded) changes.push({ userId, diff, ...(photo ? { photo } : {}) });
  });
  run.assertMayWrite();
  if (changes.length > 0) for (const [id, failure] of await users.update(changes, now())) failures.set(id, failure);
  await photos.settle(failures);

  // Counted together and only now: in the report of a run that fails, too, everybody who was read has one outcome.
  run.tally.read(entries);
  for (const row of refused) {
    run.tally.count(row.outcome);
    run.tally.attention(row);
  }
  const changed = new Set(changes.map(({ userId }) => userId));
  decisions.forEach((decision, index) => {
    const userId = owners[index]?._id;
    const failure = userId === undefined ? undefined : failures.get(userId);
    const outcome = toOutcome(decision, failure, userId !== undefined && changed.has(userId));
    run.tally.count(outcome);
    reportPerson(decision, outcome, failure, userId, run.tally);
    if (photoResults[index]?.rejection && !failure) {
      run.tally.attention({ outcome, ...who(decision.person, owners[index]), ...photoResults[index].rejection });
    }
    if (decision.kind === 'existing' && !failure) collectRemovals(decision, outcome, state);
    if (decision.kind === 'conflict' && decision.isDisabled && decision.user) {
      collectRemovals({ ...decision, kind: 'existing', link: false, user: decision.user, diff: { ...NO_DIFF, activation: 'deactivate' } }, outcome, state);
    }
  });
}

function countLinked(people: readonly Person[], linked: StoredPeople['linked'], state: SweepState): void {
  for (const person of people) {
    const user = findLinkedUser(person, linked);
    if (user === undefined) continue;
    state.linkedSeen += 1;
    if (user !== 'ambiguous' && user.ldap === true && user.active !== false) state.activeLinkedSeen += 1;
  }
}

/** Who has the user names and addresses that are new in the page. */
async function readStored(
  people: readonly Person[],
  linked: StoredPeople['linked'],
  users: UserStore,
  { policy }: SyncSettings,
): Promise<StoredPeople> {
  const usernames: string[] = [];
  const addresses: string[] = [];
  if (policy.syncUsers) {
    for (const person of people) {
      const user = findLinkedUser(person, linked);
      if (user === 'ambiguous') continue;
      if (!user) usernames.push(person.username ?? person.id);
      const known = new Set(user?.emails?.map(({ address }) => address));
      addresses.push(...person.emails.filter((address) => !known.has(address)));
    }
  }
  const claims = await users.findClaims(usernames, addresses);
  const unlinkedIds = policy.mergeExisting
    ? [...claims.usernames.values(), ...claims.emails.values()].filter((claimant) => !claimant.linked).map(({ _id }) => _id)
    : [];
  const accounts = unlinkedIds.length > 0 ? await users.findById([...new Set(unlinkedIds)]) : new Map<string, UserRecord>();
  return { linked, claims, accounts };
}

function toCreated({ person, username }: Decision & { kind: 'create' }, { settings, createId, now }: PageDependencies): UserRecord {
  const options = { ...settings.newUser, activeState: settings.policy.activeState };
  return toNewUser(person, username, options, { id: createId(), now: now() });
}

function collectRemovals({ person, user, diff }: Decision & { kind: 'existing' }, outcome: Outcome, state: SweepState): void {
  if (diff.rename) state.renames.push({ userId: user._id, person: { dn: person.dn, name: person.name }, ...diff.rename, outcome });
  if (diff.clear.length > 0) state.clearings.push({ userId: user._id, fields: diff.clear, outcome });
  if (diff.activation === 'deactivate') {
    state.deactivations.push({
      userId: user._id,
      ldapId: person.id,
      idAttribute: person.idAttribute,
      username: user.username,
      name: person.name,
      isAdmin: user.roles?.includes('admin') === true,
      because: 'disabled-in-directory',
      dn: person.dn,
      outcome,
    });
  }
}
