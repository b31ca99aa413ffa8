import type { Clock } from '../../clock.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import { isWrite } from '../plan/plan-page.js';
import type { Unit } from '../run/commit-units.js';
import type { WriteFailure } from '../run/write-failure.js';
import { decidePhoto } from './decide-photo.js';
import type { PhotoResult } from './page-photos.js';
import type { PersonPlan, PersonTask } from './person-task.js';
import { planAgain, type PresentUsers } from './plan-again.js';

/** One person, whose photo is decoded and stored, and not shown yet. */
export interface PersonUnit extends Unit {
  readonly plan: PersonPlan;
  readonly photoResult: PhotoResult | undefined;
}

interface Facts {
  /** Why the person is not written. */
  readonly failure: WriteFailure | undefined;
  readonly present: PresentUsers;
  readonly settings: SyncSettings;
  readonly now: Clock;
}

/** What is to be written to a person, reckoned from the user as the transaction sees it. Pure. */
export function toPresentTask(unit: PersonUnit, { failure, present, settings, now }: Facts): PersonTask {
  const { plan } = unit;
  const again = failure ? { failure } : planAgain(plan, present, settings);
  if ('failure' in again)
    return { ...plan, photoResult: unit.photoResult, joined: [], isChanged: true, failure: again.failure };
  const photoResult = toPresentPhoto(unit, again.user, now());
  const isChanged = photoResult?.change !== undefined || isWrite(again.decision);
  return { ...plan, ...again, photoResult, joined: [], isChanged, failure: undefined };
}

/** The photo counts only while it still means the same: the user may have put up a picture meanwhile. */
function toPresentPhoto(
  { plan, photoResult }: PersonUnit,
  user: PersonTask['user'],
  now: Date,
): PhotoResult | undefined {
  if (!photoResult?.change || !plan.user || user === plan.user) return photoResult;
  const planned = plan.photo && 'decision' in plan.photo ? plan.photo.decision : undefined;
  const again = decidePhoto(plan.decision.person, user, now);
  return again && 'decision' in again && again.decision === planned ? photoResult : undefined;
}
