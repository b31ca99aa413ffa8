import type { ChangeRow } from '../../../models/change-row.js';
import type { UserRecord } from '../../../models/user.js';
import type { Clock } from '../../clock.js';
import type { Person } from '../../mapping/map-entry.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import { toDiffSettings } from '../plan/diff.js';
import { toNewUser } from '../plan/new-user.js';
import { NO_MEMBERSHIPS, type MembershipRules } from '../rooms/membership-rules.js';
import { isWrite, planPage, userOf, type Decision, type StoredPeople } from '../plan/plan-page.js';
import { decidePhoto, type PhotoIntent } from './decide-photo.js';
import type { MappedRoom } from '../rooms/mapped-room.js';
import { toOutcome } from './person-outcome.js';
import type { PersonPlan } from './person-task.js';
import { toWriteRow } from './write-row.js';

export interface PlanContext {
  readonly settings: SyncSettings;
  readonly createId: () => string;
  readonly now: Clock;
  /** The run that creates users while nothing shows that it reads the right directory. */
  readonly unconfirmedBy?: string | undefined;
  /** The ids of the rooms that new users join. */
  readonly joins?: readonly string[] | undefined;
  readonly memberships: Pick<MembershipRules, 'isToLeave'>;
}

/** The plans of a page, in the order of the people. Pure, but for the ids and the clock of the context. */
export function planPeople(
  people: readonly Person[],
  stored: StoredPeople,
  context: PlanContext,
): readonly PersonPlan[] {
  return planPage(people, stored, context.settings).map((decision) => toPlan(decision, context));
}

function toPlan(decision: Decision, context: PlanContext): PersonPlan {
  const user = decision.kind === 'create' ? toCreated(decision, context) : userOf(decision);
  const photo = decidePhoto(decision.person, user, context.now());
  return { decision, user, photo, memberships: NO_MEMBERSHIPS };
}

/** What is written beside the user. */
interface Beside {
  readonly photo: PhotoIntent | undefined;
  /** The rooms that the person joins. */
  readonly joins: readonly MappedRoom[];
}

/** The row that tells what is written to one person; `undefined` when nothing is. */
export function toPlannedRow(
  { decision, user }: Pick<PersonPlan, 'decision' | 'user'>,
  { photo, joins }: Beside,
): ChangeRow | undefined {
  const hash = photo && 'hash' in photo ? photo.hash : undefined;
  const isChanged = hash !== undefined || joins.length > 0 || isWrite(decision);
  const outcome = toOutcome({ decision, failure: undefined, isChanged });
  return toWriteRow({ decision, user, joins }, outcome, hash);
}

function toCreated(
  newcomer: Decision & { kind: 'create' },
  { settings, createId, now, unconfirmedBy, joins: all = [], memberships }: PlanContext,
): UserRecord {
  const options = { ...settings.newUser, ...toDiffSettings(settings) };
  const user = toNewUser(newcomer, options, { id: createId(), now: now() });
  // Whom groups would take out of it again does not come in.
  const joins = all.filter((rid) => !memberships.isToLeave(rid, newcomer.person.grants));
  const ldapSync = {
    ...(unconfirmedBy === undefined ? {} : { unconfirmedBy }),
    // Rocket.Chat lets nobody of another server into a room that is not federated.
    ...(joins.length === 0 || newcomer.person.homeServer !== undefined
      ? {}
      : { joins: [...joins], unfinished: ['joins' as const] }),
  };
  return Object.keys(ldapSync).length === 0 ? user : { ...user, ldapSync };
}
