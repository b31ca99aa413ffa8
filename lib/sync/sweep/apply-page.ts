import { isActive } from '../../../models/active-user.js';
import type { UserRecord } from '../../../models/user.js';
import type { Person } from '../../mapping/map-entry.js';
import type { UniqueId } from '../../mapping/unique-id.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import type { ActiveRun } from '../run/active-run.js';
import type { ChangeLog } from '../history/change-log.js';
import type { ChangeRow, RemovalRow } from '../../../models/change-row.js';
import { NO_DIFF } from '../plan/diff.js';
import { toNewUser } from '../plan/new-user.js';
import { decidePhoto, type PagePhotos, type PhotoIntent } from './page-photos.js';
import { toActualRow, toRemovalRows, toWriteRow } from './page-rows.js';
import { reportPerson, toOutcome, who } from './person-outcome.js';
import {
  findLinkedUser,
  isWrite,
  planPage,
  userOf,
  type Decision,
  type StoredPeople,
} from '../plan/plan-page.js';
import type { ReadPage } from './read-page.js';
import { countWanted, type SweepState } from '../removals/sweep-state.js';
import { isKnown, type UserChange, type UserStore, type WriteFailure } from '../users/user-store.js';

export interface PageDependencies {
  readonly users: UserStore;
  readonly photos: PagePhotos;
  readonly changes: ChangeLog;
  readonly settings: SyncSettings;
  readonly run: ActiveRun;
  readonly createId: () => string;
  readonly now: () => Date;
}

/** A page whose linked users have been looked up. */
export interface PreparedPage extends ReadPage {
  readonly linked: StoredPeople['linked'];
}

/** One page: a plan, at most one bulk write of each kind, the photos, the outcomes. */
export async function applyPage(
  { entries, people, identities, refused, linked }: PreparedPage,
  state: SweepState,
  dependencies: PageDependencies,
): Promise<void> {
  const { users, photos, changes, settings, run, now } = dependencies;
  const stored = await readStored(people, linked, users, settings);
  countLinked(identities, linked, state, run.provenAt);
  const decisions = planPage(people, stored, settings);

  // Where nobody was linked before there is nobody to be taken away, and so nothing to be in doubt about.
  const inDoubt = state.linkedBefore > 0 ? { unconfirmedBy: run.id } : undefined;
  const created = new Map<Decision, UserRecord>();
  for (const decision of decisions) {
    if (decision.kind === 'create')
      created.set(decision, {
        ...toCreated(decision, dependencies),
        ...(inDoubt ? { ldapSync: inDoubt } : {}),
      });
  }
  const owners = decisions.map((decision) => created.get(decision) ?? userOf(decision));
  const intents = decisions.map(({ person }, index) => decidePhoto(person, owners[index], now()));
  const planned = decisions.map((decision, index) =>
    toPlannedRow(decision, created.get(decision), intents[index]),
  );
  // Written down first: whoever looks at a run that was killed finds everything it may have done.
  const rows = planned.filter((row) => row !== undefined);
  const chunkId = rows.length > 0 ? await changes.write(rows) : undefined;

  const failures = new Map(created.size > 0 ? await users.insert([...created.values()]) : []);
  const photoResults = await photos.take(
    intents.map((intent, index) => ({
      intent,
      user: failures.has(owners[index]?._id ?? '') ? undefined : owners[index],
    })),
  );
  const updates: UserChange[] = [];
  /** Whoever has only a refused photo to be remembered is as unchanged as at the next run. */
  const changed = new Set<string>();
  decisions.forEach((decision, index) => {
    const user = owners[index];
    const { change: photo, refused: refusedPhoto } = photoResults[index] ?? {};
    const diff = decision.kind === 'existing' ? decision.diff : NO_DIFF;
    const isNeeded = photo !== undefined || (decision.kind === 'existing' && isWrite(decision));
    if (user !== undefined && isNeeded) changed.add(user._id);
    if (user !== undefined && (isNeeded || refusedPhoto !== undefined))
      updates.push({
        userId: user._id,
        seenUpdatedAt: user._updatedAt,
        seenEmails: user.emails,
        diff,
        ...(photo ? { photo } : {}),
        ...toMerging(decision, settings),
        ...(refusedPhoto ? { refusedPhoto } : {}),
        ...(isLinking(decision) ? inDoubt : {}),
      });
  });
  if (updates.length > 0)
    for (const [id, failure] of await users.update(updates, now())) failures.set(id, failure);
  await photos.settle(failures);

  // Counted together and only now: in the report of a run that fails, too, everybody who was read has one
  // outcome.
  run.tally.read(entries);
  for (const row of refused) {
    run.tally.count(row.outcome);
    run.tally.attention(row);
  }
  const removals: RemovalRow[] = [];
  const actual = planned.slice();
  decisions.forEach((decision, index) => {
    const userId = owners[index]?._id;
    const failure = userId === undefined ? undefined : failures.get(userId);
    const rejection = photoResults[index]?.rejection;
    const outcome = toOutcome(decision, failure, userId !== undefined && changed.has(userId));
    run.tally.count(outcome);
    reportPerson(decision, outcome, failure, userId, run.tally);
    if (rejection && !failure)
      run.tally.attention({ outcome, ...who(decision.person, owners[index]), ...rejection });
    const row = planned[index];
    if (row && (failure || rejection)) actual[index] = toActualRow(row, outcome, failure, rejection);
    if (inDoubt && userId !== undefined && !failure && isLinking(decision)) doubt(userId, run.id, state);
    const removing = toRemoving(decision, failure);
    if (removing) removals.push(...toRemovalRows(removing, outcome));
  });
  const isAsPlanned = actual.every((row, index) => row === planned[index]);
  if (chunkId !== undefined && !isAsPlanned)
    await changes.correct(
      chunkId,
      actual.filter((row) => row !== undefined),
    );
  countWanted(removals, state);
  await changes.collect(removals);
}

function toMerging(decision: Decision, { newUser }: SyncSettings): Pick<UserChange, 'merging'> {
  return decision.kind === 'existing' && decision.mergedBy !== undefined
    ? { merging: { address: decision.mergedBy, defaultRoles: newUser.roles } }
    : {};
}

/** Whether the user becomes one of the linked. */
function isLinking(decision: Decision): boolean {
  return decision.kind === 'create' || (decision.kind === 'existing' && decision.link);
}

/** What is written down before anything of a person is written; `undefined` when nothing is. */
export function toPlannedRow(
  decision: Decision,
  created: UserRecord | undefined,
  intent: PhotoIntent | undefined,
): ChangeRow | undefined {
  const photo = intent && 'hash' in intent ? { hash: intent.hash } : undefined;
  const outcome = toOutcome(decision, undefined, photo !== undefined || isWrite(decision));
  return toWriteRow(decision, outcome, created, photo);
}

/**
 * Whom a decision takes something away from. A conflict does not keep somebody on whom the directory shows as
 * disabled.
 */
export function toRemoving(
  decision: Decision,
  failure: WriteFailure | undefined,
): (Decision & { kind: 'existing' }) | undefined {
  if (decision.kind === 'existing') return failure ? undefined : decision;
  if (decision.kind !== 'conflict' || !decision.isDisabled || !decision.user) return undefined;
  return {
    kind: 'existing',
    person: decision.person,
    user: decision.user,
    link: false,
    diff: { ...NO_DIFF, activation: 'deactivate' },
  };
}

function doubt(userId: string, byRun: unknown, state: SweepState): void {
  state.unconfirmed.push(userId);
  if (typeof byRun === 'string') state.doubted.add(byRun);
}

function countLinked(
  identities: readonly UniqueId[],
  linked: StoredPeople['linked'],
  state: SweepState,
  provenAt: Date | undefined,
): void {
  for (const identity of identities) {
    const user = findLinkedUser(identity, linked);
    if (user === undefined || user === 'ambiguous') continue;
    if (user.ldapSync?.unconfirmedBy !== undefined) doubt(user._id, user.ldapSync.unconfirmedBy, state);
    if (user.ldap !== true) continue;
    if (isActive(user)) state.activeLinkedSeen += 1;
    if (isKnown(user, provenAt)) state.knownSeen += 1;
  }
}

/** Who has the user names and addresses that are new in the page. */
export async function readStored(
  people: readonly Person[],
  linked: StoredPeople['linked'],
  users: Pick<UserStore, 'findNameOwners' | 'findById'>,
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
  const nameOwners = await users.findNameOwners(usernames, addresses);
  const unlinkedIds = policy.mergeExisting
    ? [...nameOwners.usernames.values(), ...nameOwners.emails.values()]
        .flat()
        .filter((owner) => !owner.linked)
        .map(({ _id }) => _id)
    : [];
  const accounts =
    unlinkedIds.length > 0 ? await users.findById([...new Set(unlinkedIds)]) : new Map<string, UserRecord>();
  return { linked, nameOwners, accounts };
}

/** The document of somebody who is to be created. */
export function toCreated(
  { person, username }: Decision & { kind: 'create' },
  { settings, createId, now }: Pick<PageDependencies, 'settings' | 'createId' | 'now'>,
): UserRecord {
  const options = { ...settings.newUser, activeState: settings.policy.activeState };
  return toNewUser(person, username, options, { id: createId(), now: now() });
}
