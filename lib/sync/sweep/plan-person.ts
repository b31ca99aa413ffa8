import type { ChangeRow, RemovalRow } from '../../../models/change-row.js';
import type { AttentionRow } from '../../../models/run-report.js';
import type { Clock } from '../../clock.js';
import type { DirectoryEntry } from '../../directory/directory.js';
import type { Advice } from '../../advice.js';
import type { Person } from '../../mapping/map-entry.js';
import { createRandomId } from '../../random-id.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import type { PhotoDecoder } from '../avatars/photo-decoder.js';
import { PhotoError } from '../avatars/photo-refusal.js';
import { preparePhoto } from '../avatars/photo.js';
import { isWrite, type Decision, type StoredPeople } from '../plan/plan-page.js';
import { createSeenIds } from '../removals/seen-ids.js';
import { createSweepState } from '../removals/sweep-state.js';
import type { PlannedMemberships } from '../rooms/membership-rules.js';
import type { RunRooms } from '../rooms/open-rooms.js';
import type { UserStore } from '../users/user-store.js';
import { rejectionOf, type PhotoIntent } from './decide-photo.js';
import { toOutcome } from './person-outcome.js';
import type { PersonPlan } from './person-task.js';
import { withMemberships } from './plan-memberships.js';
import { planPeople, toPlannedRow } from './plan-people.js';
import { readPage } from './read-page.js';
import { readStored } from './read-stored.js';
import { toTaskRows } from './removal-rows.js';
import { toShownDisabledRows } from './shown-disabled-rows.js';
import { toStandingPage } from './standing-page.js';
import { toActualRow } from './write-row.js';

/** What a sync makes of an entry that is alone on a page: a person, or the row of the report that says why not. */
export type ReadPerson =
  | { readonly person: Person; readonly refused: undefined }
  | { readonly person: undefined; readonly refused: AttentionRow | undefined };

/** What a sync would do for one person who is alone on a page. */
export interface LonePlan {
  readonly decision: Decision;
  readonly write: ChangeRow | undefined;
  readonly removals: readonly RemovalRow[];
  /** The rooms that the person joins or leaves. */
  readonly memberships: PlannedMemberships;
  /** What the photo means; `undefined` when nothing is to be done. */
  readonly photo: 'store' | 'record' | Advice | undefined;
}

interface Dependencies {
  readonly users: Pick<UserStore, 'findNameOwners' | 'findById' | 'findTeams'>;
  readonly settings: SyncSettings;
  readonly rooms: Pick<RunRooms, 'rooms' | 'memberships'>;
  readonly decoder: PhotoDecoder;
  readonly clock: Clock;
}

/** Reads an entry as the sweep does. */
export function readPerson(entry: DirectoryEntry, { mapping }: Pick<SyncSettings, 'mapping'>): ReadPerson {
  const { people, refused } = readPage([entry], { mapping }, createSweepState(0));
  const [person] = people;
  return person ? { person, refused: undefined } : { person, refused: refused[0] };
}

/** What a sync takes away from the users of an entry that cannot be mapped: it may still say that they are disabled. */
export function planUnusable(
  entry: DirectoryEntry,
  linked: StoredPeople['linked'],
  { mapping, policy }: SyncSettings,
): readonly RemovalRow[] {
  const page = toStandingPage(readPage([entry], { mapping }, createSweepState(0)), linked, {
    seen: createSeenIds(),
    seenFormers: createSeenIds(),
    contestedFormers: new Set(),
  });
  return toShownDisabledRows(page, { linked, policy });
}

/** Goes the way of a page of a run (`applyPage`) up to where it would write. */
export async function planPerson(
  person: Person,
  linked: StoredPeople['linked'],
  { users, settings, rooms, decoder, clock }: Dependencies,
): Promise<LonePlan> {
  const stored = await readStored({ people: [person], linked }, users, settings.policy);
  const context = { settings, createId: createRandomId, now: clock, memberships: rooms.memberships };
  const plans = await withMemberships(planPeople([person], stored, context), rooms);
  const [plan] = plans as readonly [PersonPlan];
  const { decision, memberships } = plan;
  const photo = await tryPhoto(plan.photo, settings, decoder);
  const row = toPlannedRow(plan, { photo, joins: memberships.joins });
  const rejection = rejectionOf(photo);
  const isChanged = isWrite(decision) || (photo !== undefined && !rejection) || memberships.joins.length > 0;
  const outcome = toOutcome({ decision, failure: undefined, isChanged });
  return {
    decision,
    write: row && rejection ? toActualRow(row, { outcome: row.outcome, rejection }) : row,
    removals: toTaskRows({ decision, failure: undefined, memberships }, outcome),
    memberships,
    photo: photo && 'decision' in photo ? photo.decision : rejection,
  };
}

/** A photo that a run could not decode is rejected here too. */
async function tryPhoto(
  intent: PhotoIntent | undefined,
  { photo }: SyncSettings,
  decoder: PhotoDecoder,
): Promise<PhotoIntent | undefined> {
  if (!intent || 'rejection' in intent || intent.decision === 'record') return intent;
  try {
    await preparePhoto(intent.bytes, photo, { decoder });
    return intent;
  } catch (error) {
    if (error instanceof PhotoError) return { rejection: error.advice };
    throw error;
  }
}
