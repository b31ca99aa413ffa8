import type { SyncSettings } from '../../settings/sync-settings.js';
import type { Clock } from '../../clock.js';
import { inParallel } from '../../in-parallel.js';
import { NO_DIFF } from '../plan/diff.js';
import { isWrite, type Decision } from '../plan/plan-page.js';
import type { UserChange, UserStore, WriteFailure } from '../users/user-store.js';
import type { PagePhotos, PhotoResult } from './page-photos.js';
import { isLinking, newUserOf, type PersonPlan, type PersonTask } from './person-task.js';

interface Dependencies {
  readonly users: Pick<UserStore, 'insert' | 'update'>;
  readonly photos: PagePhotos;
  readonly settings: SyncSettings;
  readonly now: Clock;
  /** The run that links users while nothing shows that it reads the right directory. */
  readonly unconfirmedBy: string | undefined;
}

interface PlanWithPhoto extends PersonPlan {
  readonly photoResult: PhotoResult | undefined;
}

/** Two photos are decoded while two are stored. */
const PHOTOS_AT_ONCE = 4;

/** Writes a page: one bulk insert, the photos, one bulk update. */
export async function writePeople(
  plans: readonly PersonPlan[],
  dependencies: Dependencies,
): Promise<readonly PersonTask[]> {
  const { users, photos, now } = dependencies;
  const created = plans.flatMap((plan) => newUserOf(plan) ?? []);
  const failures = new Map(created.length > 0 ? await users.insert(created) : []);
  // A user who could not be created gets no photo.
  const withPhotos = await inParallel(plans, PHOTOS_AT_ONCE, async (plan): Promise<PlanWithPhoto> => {
    const { photo, user } = plan;
    const isTaken = photo !== undefined && user !== undefined && !failures.has(user._id);
    return { ...plan, photoResult: isTaken ? await photos.take(photo, user) : undefined };
  });
  const updates = withPhotos.flatMap((plan) => toUserChange(plan, dependencies) ?? []);
  if (updates.length > 0)
    for (const [id, failure] of await users.update(updates, now())) failures.set(id, failure);
  await photos.removeSuperseded(failures);
  return withPhotos.map((plan) => toTask(plan, failures));
}

function toTask(plan: PlanWithPhoto, failures: ReadonlyMap<string, WriteFailure>): PersonTask {
  const { user } = plan;
  return {
    ...plan,
    isChanged: isChanged(plan),
    failure: user === undefined ? undefined : failures.get(user._id),
  };
}

/** A user for whom only a refused photo is remembered counts as unchanged, as in the next run. */
function isChanged({ decision, user, photoResult }: PlanWithPhoto): boolean {
  if (user === undefined) return false;
  return photoResult?.change !== undefined || (decision.kind === 'existing' && isWrite(decision));
}

function toUserChange(
  plan: PlanWithPhoto,
  { settings, unconfirmedBy }: Dependencies,
): UserChange | undefined {
  const { decision, user, photoResult } = plan;
  const { change: photo, refused: refusedPhoto } = photoResult ?? {};
  if (user === undefined || (!isChanged(plan) && refusedPhoto === undefined)) return undefined;
  return {
    userId: user._id,
    seenUpdatedAt: user._updatedAt,
    seenEmails: user.emails,
    diff: decision.kind === 'existing' ? decision.diff : NO_DIFF,
    ...(photo ? { photo } : {}),
    ...toMerging(decision, settings),
    ...(refusedPhoto ? { refusedPhoto } : {}),
    ...(unconfirmedBy !== undefined && isLinking(plan) ? { unconfirmedBy } : {}),
  };
}

function toMerging(decision: Decision, { newUser }: SyncSettings): Pick<UserChange, 'merging'> {
  return decision.kind === 'existing' && decision.mergedBy !== undefined
    ? { merging: { address: decision.mergedBy, defaultRoles: newUser.roles } }
    : {};
}
