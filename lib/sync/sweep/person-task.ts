import type { UserRecord } from '../../../models/user.js';
import { isWrite, type Decision } from '../plan/plan-page.js';
import type { MappedRoom } from '../rooms/mapped-room.js';
import type { PlannedMemberships } from '../rooms/membership-rules.js';
import type { WriteFailure } from '../run/write-failure.js';
import type { PhotoIntent } from './decide-photo.js';
import type { PhotoResult } from './page-photos.js';

/** What is to be done for one person of a page. Nothing has been written. */
export interface PersonPlan {
  readonly decision: Decision;
  /** The stored user, or the document of the user who is to be created; `undefined` when there is neither. */
  readonly user: UserRecord | undefined;
  /** What the person's photo means; `undefined` when nothing is to be done. */
  readonly photo: PhotoIntent | undefined;
  /** The rooms that the person joins or leaves. */
  readonly memberships: PlannedMemberships;
}

/** One person of a page: the plan, and what the stores made of it. */
export interface PersonTask extends PersonPlan {
  readonly photoResult: PhotoResult | undefined;
  /** The rooms that the user has joined. */
  readonly joined: readonly MappedRoom[];
  /** Something of the user was to be written, or a room was joined; a photo that was only refused does not count. */
  readonly isChanged: boolean;
  /** Why the user was not written. */
  readonly failure: WriteFailure | undefined;
}

/** Whether something has to be written for the person: the user, a photo, that a photo is refused, or rooms. */
export function hasToBeWritten({ decision, user, photo, memberships }: PersonPlan): boolean {
  if (user === undefined) return false;
  return isWrite(decision) || (photo !== undefined && 'bytes' in photo) || memberships.joins.length > 0;
}

/** The task of a person for whom nothing has to be written. */
export function toQuietTask(plan: PersonPlan): PersonTask {
  const { decision, user, photo, memberships } = plan;
  const photoResult = photo && 'rejection' in photo ? photo : undefined;
  // Spelt out: nearly everybody is quiet, and spreading costs more than all the rest.
  return {
    decision,
    user,
    photo,
    memberships,
    photoResult,
    joined: [],
    isChanged: false,
    failure: undefined,
  };
}

/** Whether the user becomes one of the linked. */
export function isLinking({ decision }: Pick<PersonPlan, 'decision'>): boolean {
  return decision.kind === 'create' || (decision.kind === 'existing' && decision.link);
}

/** The document of a user who is to be created. */
export function newUserOf({ decision, user }: Pick<PersonPlan, 'decision' | 'user'>): UserRecord | undefined {
  return decision.kind === 'create' ? user : undefined;
}
