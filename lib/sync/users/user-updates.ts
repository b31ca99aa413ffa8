import type { DeactivationCause, FieldChange } from '../../../models/change-row.js';
import type { RefusedPhotoRecord, Switching } from '../../../models/user.js';
import type { UserDiff } from '../plan/diff.js';
import type { UserUpdate } from './user-store.js';

/** The fields that say why a user is off. They are removed when the user is switched on. */
const SWITCHED_OFF = [
  'inactiveReason',
  'ldapSync.deactivatedAt',
  'ldapSync.deactivatedBecause',
  'ldapSync.deactivatedBy',
  'ldapSync.deactivatedByRun',
] as const;

/** Which run did it, and when. */
export interface Stamp {
  readonly runId: string;
  readonly now: Date;
}

/** Switches a user off, ends the sessions, and records why. */
export function toDeactivation(
  { because, disabledBy }: { readonly because: DeactivationCause; readonly disabledBy?: string | undefined },
  { runId, now }: Stamp,
): UserUpdate {
  return {
    set: {
      active: false,
      inactiveReason: 'deactivated',
      'services.resume.loginTokens': [],
      'ldapSync.deactivatedAt': now,
      'ldapSync.deactivatedBecause': because,
      ...(disabledBy === undefined ? {} : { 'ldapSync.deactivatedBy': disabledBy }),
      'ldapSync.deactivatedByRun': runId,
      'ldapSync.switching': 'off' satisfies Switching,
      _updatedAt: now,
    },
    unset: ['ldapSync.reactivatedByRun'],
  };
}

/** Ends the sessions of a user, personal access tokens among them. The user stays on. */
export function toSignOut(now: Date): UserUpdate {
  return { set: { 'services.resume.loginTokens': [], _updatedAt: now } };
}

/** Switches a user on; `back` takes switching off back. */
export function toActivation(
  { now }: Pick<Stamp, 'now'>,
  switching: Exclude<Switching, 'off'> = 'on',
): UserUpdate {
  return { set: { active: true, 'ldapSync.switching': switching, _updatedAt: now }, unset: SWITCHED_OFF };
}

/** Switches a user on because the directory says so, and records which run did. */
export function toReactivation(stamp: Stamp): UserUpdate {
  const { set, unset = [] } = toActivation(stamp);
  return { set: { ...set, 'ldapSync.reactivatedByRun': stamp.runId }, unset };
}

/** Switches a user off again, for the reasons that these fields go back to, and ends the sessions. */
export function toOffAgain(fields: readonly FieldChange[], { runId, now }: Stamp): UserUpdate {
  return {
    set: {
      ...Object.fromEntries(fields.flatMap(({ field, to }) => (to === undefined ? [] : [[field, to]]))),
      active: false,
      'services.resume.loginTokens': [],
      'ldapSync.deactivatedAt': now,
      'ldapSync.deactivatedByRun': runId,
      'ldapSync.switching': 'off' satisfies Switching,
      _updatedAt: now,
    },
    unset: ['ldapSync.reactivatedByRun'],
  };
}

/** A change of one user that may be written at once. */
export interface UserChange {
  readonly diff: UserDiff;
  /** The run that links the user while nothing shows that it reads the right directory. */
  readonly unconfirmedBy?: string | undefined;
  /** The directory photo that has just been taken over. */
  readonly photo?: { readonly hash: string; readonly etag?: string } | undefined;
  /** The directory photo that has just been refused. */
  readonly refusedPhoto?: RefusedPhotoRecord | undefined;
}

export function toUpdate({ diff, photo, refusedPhoto, unconfirmedBy }: UserChange, now: Date): UserUpdate {
  return {
    set: {
      ...Object.fromEntries(diff.set),
      ...(unconfirmedBy === undefined ? {} : { 'ldapSync.unconfirmedBy': unconfirmedBy }),
      ...(photo ? { 'ldapSync.photo': photo.hash } : {}),
      ...(photo?.etag === undefined ? {} : { avatarETag: photo.etag, avatarOrigin: 'rest' }),
      ...(refusedPhoto ? { 'ldapSync.refusedPhoto': refusedPhoto } : {}),
      _updatedAt: now,
    },
    unset: photo ? ['ldapSync.refusedPhoto'] : [],
    ...(diff.addImportId === undefined ? {} : { add: { importIds: diff.addImportId } }),
  };
}
