import type { UserRecord } from '../../../models/user.js';
import type { Advice } from '../../advice.js';
import { isInDoubt } from '../../mapping/lasting-ids.js';
import type { Person } from '../../mapping/map-entry.js';
import { decideAvatar, toLegacyPhotoHash, toPhotoHash } from '../avatars/avatar-decision.js';
import { isReadablePicture } from '../avatars/read-picture.js';
import { recallRefusal } from '../avatars/refused-photo.js';

/** What a directory photo means for a user, before anything is decoded or stored. */
export type PhotoIntent =
  | { readonly rejection: Advice }
  | { readonly bytes: Buffer; readonly hash: string; readonly decision: 'record' | 'store' };

/** Says what is to become of a person's photo; `undefined` when nothing. Pure. */
export function decidePhoto(
  person: Person,
  user: UserRecord | undefined,
  now: Date,
): PhotoIntent | undefined {
  if (!person.photo || user?.username === undefined || isInDoubt(person)) return undefined;
  if ('droppedBytes' in person.photo) return { rejection: tooLarge(person.photo.droppedBytes) };
  const { bytes, all = [bytes], others = [] } = person.photo;
  const first = decideAll(all, user, now);
  if (first === 'keep') return undefined;
  if (others.length === 0 || isUsable(first)) return first;
  for (const further of others) {
    const decided = decideAll(further, user, now);
    if (decided === 'keep') return undefined;
    if (isUsable(decided)) return decided;
  }
  return first;
}

/** What the photos of one attribute mean: the one to take, or the first where none can be used. */
function decideAll(photos: readonly Buffer[], user: UserRecord, now: Date): PhotoIntent | 'keep' {
  const decided = photos.map((photo) => decideOne(photo, user, now));
  // The values have no order: a photo that has been taken over stays while it is still among them.
  if (decided.includes('keep')) return 'keep';
  const intents = decided as PhotoIntent[];
  const [only] = intents;
  return intents.length === 1 ? (only as PhotoIntent) : (intents.find(isUsable) ?? (only as PhotoIntent));
}

function decideOne(bytes: Buffer, user: UserRecord, now: Date): PhotoIntent | 'keep' {
  const hash = toPhotoHash(bytes);
  const decision = decideAvatar({
    hash,
    legacyHash: () => toLegacyPhotoHash(bytes),
    recorded: user.ldapSync?.photo,
    etag: user.avatarETag,
    origin: user.avatarOrigin,
  });
  if (decision === 'keep') return decision;
  const rejection =
    decision === 'store' ? recallRefusal(user.ldapSync?.refusedPhoto, { bytes, hash, now }) : undefined;
  return rejection ? { rejection } : { bytes, hash, decision };
}

/** Neither refused before, nor by its structure. Only asked where there is another to take. */
function isUsable(photo: PhotoIntent): boolean {
  return 'bytes' in photo && isReadablePicture(photo.bytes);
}

/** Why a photo is not used, if that is known already. */
export function rejectionOf(photo: PhotoIntent | undefined): Advice | undefined {
  return photo && 'rejection' in photo ? photo.rejection : undefined;
}

function tooLarge(bytes: number): Advice {
  const mebibytes = Math.round(bytes / 1024 / 1024);
  return {
    code: 'photo-too-large',
    params: { mebibytes },
    reason: `The photo is ${mebibytes} MiB large and was not read.`,
    remedy: 'Put a photo of at most 10 MiB into the directory.',
  };
}
