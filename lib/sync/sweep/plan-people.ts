import type { ChangeRow } from '../../../models/change-row.js';
import type { UserRecord } from '../../../models/user.js';
import type { Clock } from '../../clock.js';
import type { Person } from '../../mapping/map-entry.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import { toDiffSettings } from '../plan/diff.js';
import { toNewUser } from '../plan/new-user.js';
import { isWrite, planPage, userOf, type Decision, type StoredPeople } from '../plan/plan-page.js';
import { decidePhoto, type PhotoIntent } from './decide-photo.js';
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
  return { decision, user, photo };
}

/** The row that tells what is written to one person; `undefined` when nothing is. */
export function toPlannedRow(
  { decision, user }: Pick<PersonPlan, 'decision' | 'user'>,
  photo: PhotoIntent | undefined,
): ChangeRow | undefined {
  const hash = photo && 'hash' in photo ? photo.hash : undefined;
  const isChanged = hash !== undefined || isWrite(decision);
  return toWriteRow({ decision, user }, toOutcome({ decision, failure: undefined, isChanged }), hash);
}

function toCreated(
  newcomer: Decision & { kind: 'create' },
  { settings, createId, now, unconfirmedBy, joins = [] }: PlanContext,
): UserRecord {
  const options = { ...settings.newUser, ...toDiffSettings(settings) };
  const user = toNewUser(newcomer, options, { id: createId(), now: now() });
  const ldapSync = {
    ...(unconfirmedBy === undefined ? {} : { unconfirmedBy }),
    // Rocket.Chat lets nobody of another server into a room that is not federated.
    ...(joins.length === 0 || newcomer.person.homeServer !== undefined ? {} : { joins: [...joins] }),
  };
  return Object.keys(ldapSync).length === 0 ? user : { ...user, ldapSync };
}
