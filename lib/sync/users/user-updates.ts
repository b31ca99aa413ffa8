import type { DeactivationCause } from '../../../models/change-row.js';
import { toMergeFilter } from '../plan/merge-obstacles.js';
import type { UserChange } from './user-store.js';

/** The fields that say why a user is off. They are removed when the user is switched on. */
export const SWITCHED_ON = {
  inactiveReason: '',
  'ldapSync.deactivatedAt': '',
  'ldapSync.deactivatedBecause': '',
  'ldapSync.deactivatedByRun': '',
} as const;

export function toDeactivation(
  because: DeactivationCause,
  runId: string,
  now: Date,
): Record<string, unknown> {
  return {
    active: false,
    inactiveReason: 'deactivated',
    'services.resume.loginTokens': [],
    'ldapSync.deactivatedAt': now,
    'ldapSync.deactivatedBecause': because,
    'ldapSync.deactivatedByRun': runId,
    _updatedAt: now,
  };
}

/** One operation of a bulk write. `isGuarded`: the user is written only while it is as it was read. */
export function toUpdate(
  { userId, seenUpdatedAt, diff, photo, refusedPhoto, unconfirmedBy, merging }: UserChange,
  now: Date,
  isGuarded: boolean,
): object {
  const set: Record<string, unknown> = { ...Object.fromEntries(diff.set), _updatedAt: now };
  const unset: Record<string, ''> = {};
  if (diff.activation === 'activate') {
    set.active = true;
    Object.assign(unset, SWITCHED_ON);
  }
  if (unconfirmedBy !== undefined) set['ldapSync.unconfirmedBy'] = unconfirmedBy;
  if (photo) {
    set['ldapSync.photo'] = photo.hash;
    unset['ldapSync.refusedPhoto'] = '';
    if (photo.etag !== undefined) Object.assign(set, { avatarETag: photo.etag, avatarOrigin: 'rest' });
  }
  if (refusedPhoto) set['ldapSync.refusedPhoto'] = refusedPhoto;
  return {
    updateOne: {
      filter: {
        _id: userId,
        ...(isGuarded ? { _updatedAt: seenUpdatedAt ?? null } : {}),
        ...(merging ? toMergeFilter(merging.address, merging.defaultRoles) : {}),
      },
      update: {
        $set: set,
        ...(Object.keys(unset).length > 0 ? { $unset: unset } : {}),
        ...(diff.addImportId === undefined ? {} : { $addToSet: { importIds: diff.addImportId } }),
      },
    },
  };
}
