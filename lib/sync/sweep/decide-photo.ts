import type { UserRecord } from '../../../models/user.js';
import type { Person, Rejection } from '../../mapping/map-entry.js';
import { decideAvatar, toLegacyPhotoHash, toPhotoHash } from '../avatars/avatar-decision.js';
import { recallRefusal } from '../avatars/refused-photo.js';

/** What a directory photo means for a user, before anything is decoded or stored. */
export type PhotoIntent =
  | { readonly rejection: Rejection }
  | { readonly bytes: Buffer; readonly hash: string; readonly decision: 'record' | 'store' };

/** Says what is to become of a person's photo; `undefined` when nothing. Pure. */
export function decidePhoto(
  person: Person,
  user: UserRecord | undefined,
  now: Date,
): PhotoIntent | undefined {
  if (!person.photo || user?.username === undefined) return undefined;
  if ('droppedBytes' in person.photo) return { rejection: tooLarge(person.photo.droppedBytes) };
  const { bytes } = person.photo;
  const hash = toPhotoHash(bytes);
  const decision = decideAvatar({
    hash,
    legacyHash: () => toLegacyPhotoHash(bytes),
    recorded: user.ldapSync?.photo,
    etag: user.avatarETag,
    origin: user.avatarOrigin,
  });
  if (decision === 'keep') return undefined;
  const rejection =
    decision === 'store' ? recallRefusal(user.ldapSync?.refusedPhoto, { bytes, hash, now }) : undefined;
  return rejection ? { rejection } : { bytes, hash, decision };
}

/** Why a photo is not used, if that is known already. */
export function rejectionOf(photo: PhotoIntent | undefined): Rejection | undefined {
  return photo && 'rejection' in photo ? photo.rejection : undefined;
}

function tooLarge(bytes: number): Rejection {
  return {
    reason: `The photo is ${Math.round(bytes / 1024 / 1024)} MiB large and was not read.`,
    remedy: 'Put a photo of at most 10 MiB into the directory.',
  };
}
