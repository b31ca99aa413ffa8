import type { RefusedPhotoRecord } from '../../../models/user.js';
import type { Advice } from '../../advice.js';
import { toImageFormat } from './image-format.js';
import { PHOTO_LIMITS_DIGEST } from './photo-limits.js';
import { toRefusal, type DecodeRefusal } from './photo-refusal.js';

/** Whether decoding again would give the same for sure. A crash and a deadline may be the machine's fault. */
const IS_CERTAIN: Readonly<Record<DecodeRefusal, boolean>> = {
  damaged: true,
  cpu: true,
  memory: true,
  crash: false,
  deadline: false,
};
const TRY_AGAIN_MS = 24 * 60 * 60 * 1_000;

/** What is kept at the user, so that the next sync does not decode the same bytes again. */
export function toRefusedPhoto(hash: string, refusal: DecodeRefusal, now: Date): RefusedPhotoRecord {
  return { hash, refusal, limits: PHOTO_LIMITS_DIGEST, at: now };
}

/** Why these very bytes were refused before; `undefined` when they were not, or are to be tried again. */
export function recallRefusal(
  stored: RefusedPhotoRecord | undefined,
  { bytes, hash, now }: { readonly bytes: Buffer; readonly hash: string; readonly now: Date },
): Advice | undefined {
  if (stored?.hash !== hash || stored.limits !== PHOTO_LIMITS_DIGEST) return undefined;
  const { refusal, at } = stored;
  const format = toImageFormat(bytes);
  if (!format || !isRefusal(refusal)) return undefined;
  if (!IS_CERTAIN[refusal]) {
    // A moment that is still to come was written by a wrong clock: it must not keep a photo away.
    const ageMs = at instanceof Date ? now.getTime() - at.getTime() : Infinity;
    if (ageMs < 0 || ageMs >= TRY_AGAIN_MS) return undefined;
  }
  return toRefusal(refusal, format);
}

function isRefusal(text: string): text is DecodeRefusal {
  return Object.hasOwn(IS_CERTAIN, text);
}
