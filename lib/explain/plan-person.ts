import type { UserRecord } from '../../models/user.js';
import type { Clock } from '../clock.js';
import type { Person, Rejection } from '../mapping/map-entry.js';
import { createRandomId } from '../random-id.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import { readStored, toCreated, toPlannedRow, toRemoving } from '../sync/sweep/apply-page.js';
import type { PhotoDecoder } from '../sync/avatars/photo-decoder.js';
import type { PhotoShape } from '../sync/avatars/photo-shape.js';
import type { ChangeRow, RemovalRow } from '../../models/change-row.js';
import { decidePhoto, toPhotoRejection, type PhotoIntent } from '../sync/sweep/page-photos.js';
import { toActualRow, toRemovalRows } from '../sync/sweep/page-rows.js';
import { toOutcome } from '../sync/sweep/person-outcome.js';
import { preparePhoto } from '../sync/avatars/photo.js';
import { isWrite, planPage, userOf, type Decision, type StoredPeople } from '../sync/plan/plan-page.js';
import type { UserReads } from './find-user.js';

/** What a sync would do for one person, were they alone on a page. */
export interface PersonPlan {
  readonly decision: Decision;
  readonly write: ChangeRow | undefined;
  readonly removals: readonly RemovalRow[];
  /** What the photo means, or why it cannot be used; `undefined` when nothing is to be done. */
  readonly photo: PhotoIntent | undefined;
}

interface Dependencies {
  readonly users: UserReads;
  readonly settings: SyncSettings;
  readonly decoder: PhotoDecoder;
  readonly clock: Clock;
}

/** Goes the way of a page of a run (`applyPage`) up to where it would write. */
export async function planPerson(
  person: Person,
  linked: StoredPeople['linked'],
  { users, settings, decoder, clock }: Dependencies,
): Promise<PersonPlan> {
  const stored = await readStored([person], linked, users, settings);
  const [decision] = planPage([person], stored, settings) as [Decision];
  const created =
    decision.kind === 'create'
      ? toCreated(decision, { settings, createId: createRandomId, now: clock })
      : undefined;
  const photo = await tryPhoto(
    decidePhoto(person, created ?? userOf(decision), clock()),
    settings.photo,
    decoder,
  );
  const outcome = toOutcome(
    decision,
    undefined,
    isWrite(decision) || (photo !== undefined && 'hash' in photo),
  );
  const removing = toRemoving(decision, undefined);
  return {
    decision,
    write: toRow(decision, created, photo),
    removals: removing ? toRemovalRows(removing, outcome) : [],
    photo,
  };
}

/** A photo that a run could not decode is none here either. */
async function tryPhoto(
  intent: PhotoIntent | undefined,
  shape: PhotoShape,
  decoder: PhotoDecoder,
): Promise<PhotoIntent | undefined> {
  if (!intent || 'rejection' in intent || intent.decision === 'record') return intent;
  try {
    await preparePhoto(intent.bytes, shape, { decoder });
    return intent;
  } catch (error) {
    const rejection = toPhotoRejection(error);
    if (rejection) return { rejection };
    throw error;
  }
}

function toRow(
  decision: Decision,
  created: UserRecord | undefined,
  photo: PhotoIntent | undefined,
): ChangeRow | undefined {
  const row = toPlannedRow(decision, created, photo);
  return row && photo && 'rejection' in photo
    ? toActualRow(row, row.outcome, undefined, photo.rejection)
    : row;
}

export function rejectionOf(photo: PhotoIntent | undefined): Rejection | undefined {
  return photo && 'rejection' in photo ? photo.rejection : undefined;
}
