import { storedIdOf } from '../../../mapping/ldap-identity.js';
import { findOurPhoto } from '../../plan/our-photo.js';
import { TO_ENTRY } from './follows-entry.js';
import type { RemovalKindDefinition } from './removal-kind.js';

/**
 * A photo that is no longer in the directory: the picture that it became goes. A picture of the user's own
 * stays.
 */
export const PHOTO: RemovalKindDefinition = {
  would: 'stripped of their photo',
  called: { one: 'loss of a photo', many: 'lost photos' },
  label: 'photo',
  outcome: { done: 'updated', takenBack: 'updated' },
  isConfirmedByAbsence: false,
  isConfirmedByState: false,
  isAllowedBy: ({ mapping }) => mapping.photoAttributes.length > 0,
  link: TO_ENTRY,
  isAboutPhotos: true,

  confirm: (_row, { dropsPhoto }) =>
    dropsPhoto
      ? { by: 'without-value', reason: 'has no photo in the directory' }
      : { refused: 'The person has a photo in the directory again, or the user has another picture.' },

  carryOut({ ldapId, fields: [photo] }, { user, stamp: { now } }) {
    const ours = findOurPhoto(user);
    if (ours === undefined || ours !== photo?.from || storedIdOf(user) !== ldapId)
      return { obstacle: 'changed' };
    return { update: { set: { _updatedAt: now }, unset: ['avatarETag', 'avatarOrigin', 'ldapSync.photo'] } };
  },

  // The bytes are deleted right after the transaction, and by every run that begins.
  takeBack: () => ({ obstacle: 'photo-deleted' }),

  toSubject: ({ fields: [photo] }) => photo?.from,

  changedSince: 'The picture was changed',
};
