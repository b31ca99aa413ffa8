import type { UserRecord } from '../../models/user.js';
import type { Clock } from '../clock.js';
import type { DirectoryEntry } from '../directory/directory.js';
import { toGrantsPart } from '../mapping/grants.js';
import type { Person } from '../mapping/map-entry.js';
import { identifyEntry, toAllIds, type LdapIdentity } from '../mapping/ldap-identity.js';
import { withFormers } from '../mapping/former-ids.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import type { PhotoDecoder } from '../sync/avatars/photo-decoder.js';
import type { ChangeRow, RemovalRow } from '../../models/change-row.js';
import { findLinkedUser, userOf, type StoredPeople } from '../sync/plan/plan-page.js';
import { findFormer } from '../sync/plan/former-identity.js';
import { toStandingIdentity } from '../sync/plan/standing-identity.js';
import type { RunRooms } from '../sync/rooms/open-rooms.js';
import { planPerson, planUnusable, readPerson, type LonePlan } from '../sync/sweep/plan-person.js';
import type { AttentionRow } from '../../models/run-report.js';
import { explainAbsence, type Absence } from './absence.js';
import type { FoundEntry } from '../sync/person/found-entry.js';
import type { Subject } from '../sync/person/find-subject.js';
import type { UserReads } from '../sync/person/find-user.js';
import { toAllowedEntry } from './show-entry.js';

/** An entry that became a person, and what a sync would make of that person. */
export interface MappedSubject {
  readonly entry: DirectoryEntry;
  readonly person: Person;
  readonly plan: LonePlan;
}

/** What is known of somebody once their entry has been read as a sync reads it. */
export interface Understood {
  readonly found: FoundEntry | undefined;
  readonly entry: DirectoryEntry | undefined;
  readonly user: UserRecord | undefined;
  readonly mapped: MappedSubject | undefined;
  /** The plan is about `user`, or there is no user yet. */
  readonly isAboutUser: boolean;
  /** Why the entry cannot become a person. */
  readonly refused: AttentionRow | undefined;
  /** What becomes of a linked user whose entry is not there. */
  readonly absence: string | undefined;
  readonly write: ChangeRow | undefined;
  readonly removals: readonly RemovalRow[];
}

interface Dependencies {
  readonly users: UserReads;
  readonly settings: SyncSettings;
  /** The rooms of the maps. */
  readonly rooms: RunRooms;
  readonly decoder: PhotoDecoder;
  readonly clock: Clock;
}

export async function understand(
  { user: asked, found }: Subject,
  dependencies: Dependencies,
): Promise<Understood> {
  const { users, settings } = dependencies;
  const { mapping } = settings;
  const entry = found?.entry ? toAllowedEntry(found.entry, mapping) : undefined;
  const read = entry ? toIdentity(entry, mapping) : found?.identity;
  const { identity, linked } = await findIdentity(read, { entry, users, settings });
  const { mapped, refused } = await mapSubject({ entry, identity, found }, linked, dependencies);
  const user = asked ?? (identity && ownerOf(identity, linked)) ?? (mapped && userOf(mapped.plan.decision));
  if (mapped) {
    const isAboutUser = isAbout(mapped.plan, user);
    const { write, removals } = isAboutUser ? mapped.plan : NOTHING;
    return { found, entry, user, mapped, isAboutUser, refused, absence: undefined, write, removals };
  }
  const { explanation: absence, removals } = entry
    ? toUnusable(entry, { linked, user }, settings)
    : toAbsent({ found, user }, settings);
  return { ...NOT_MAPPED, found, entry, user, refused, absence, removals };
}

/** An entry that cannot be mapped may still say that the person is disabled. */
function toUnusable(
  entry: DirectoryEntry,
  { linked, user }: { readonly linked: StoredPeople['linked']; readonly user: UserRecord | undefined },
  settings: SyncSettings,
): Partial<Absence> & Pick<Absence, 'removals'> {
  return { removals: planUnusable(entry, linked, settings).filter(({ userId }) => userId === user?._id) };
}

function toAbsent(
  { found, user }: Pick<Understood, 'found' | 'user'>,
  settings: SyncSettings,
): Partial<Absence> & Pick<Absence, 'removals'> {
  return user && found ? explainAbsence(user, settings) : { removals: [] };
}

function toIdentity(entry: DirectoryEntry, mapping: SyncSettings['mapping']): LdapIdentity | undefined {
  const identity = identifyEntry(entry, mapping.idAttributes);
  return identity && withFormers(identity, entry, mapping);
}

/** The identity as the sweep takes it, and whoever is linked by it. */
async function findIdentity(
  read: LdapIdentity | undefined,
  {
    entry,
    users,
    settings,
  }: { readonly entry: DirectoryEntry | undefined } & Pick<Dependencies, 'users' | 'settings'>,
): Promise<{ readonly identity: LdapIdentity | undefined; readonly linked: StoredPeople['linked'] }> {
  if (!read) return { identity: read, linked: new Map<string, UserRecord[]>() };
  const linked = await users.findLinked(toAllIds(read));
  const person = entry && readPerson(entry, settings).person;
  const former = findFormer(read, person, linked);
  return { identity: former ? { ...read, former } : toStandingIdentity(read, linked), linked };
}

function ownerOf(identity: LdapIdentity, linked: StoredPeople['linked']): UserRecord | undefined {
  const owner = findLinkedUser(identity, linked);
  return owner === 'ambiguous' ? undefined : owner;
}

const NOT_MAPPED = { mapped: undefined, isAboutUser: false, write: undefined } as const;
const NOTHING = { write: undefined, removals: [] } as const;

async function mapSubject(
  {
    entry,
    identity,
    found,
  }: Pick<Understood, 'entry' | 'found'> & { readonly identity: LdapIdentity | undefined },
  linked: StoredPeople['linked'],
  dependencies: Dependencies,
): Promise<{ mapped: MappedSubject | undefined; refused: AttentionRow | undefined }> {
  if (!entry) return { mapped: undefined, refused: undefined };
  const read = readPerson(entry, dependencies.settings);
  const { refused } = read;
  if (!read.person) return { mapped: undefined, refused };
  const person = {
    ...read.person,
    id: identity?.id ?? read.person.id,
    former: identity?.former,
    ...toGrantsPart(read.person, found?.given?.grants),
    ...(found?.group?.membership === 'unknown' ? { hasUnknownMembership: true as const } : {}),
  };
  return { mapped: { entry, person, plan: await planPerson(person, linked, dependencies) }, refused };
}

/**
 * A plan may be about another person: an account of the host may share a name with the entry of a linked
 * user.
 */
function isAbout({ decision }: LonePlan, user: UserRecord | undefined): boolean {
  return user === undefined || decision.kind === 'conflict' || userOf(decision)?._id === user._id;
}
