import { PHOTO_LIMITS } from '../../lib/sync/avatars/photo-limits.js';

/** A job as a decoder's program takes it, whatever its photo costs. */
export function toJob(photo: Buffer, limits: { cpuMs?: number; spareBytes?: number } = {}): object {
  return {
    bytes: photo.length,
    size: 200,
    resize: true,
    maxSide: 1_024,
    maxPixels: PHOTO_LIMITS.pixels,
    quality: 85,
    cpuMs: 600_000,
    deadlineMs: 600_000,
    spareBytes: 2 ** 33,
    ...limits,
  };
}
