import { createHash } from 'node:crypto';

/**
 * What a photo may cost. All limits but the last three are checked on its header and its structure, before
 * anything is decoded.
 *
 * A camera's JPEG of 24 megapixels passes, a progressive one with ten scans too; the dearest photo that
 * passes takes about one second of a processor, and 120 MiB while it is decoded.
 */
export const PHOTO_LIMITS = {
  bytes: 10 * 1024 * 1024,
  pixels: 30_000_000,
  /** Pixels. The decoder keeps some hundred rows at a time, so one side alone can ask for much memory. */
  side: 10_000,
  /** Segments of a JPEG, chunks of a PNG or a WebP, blocks of a GIF before its first picture has ended. */
  parts: 20_000,
  /**
   * JPEG: how often a block of 8 by 8 is gone through, over all scans. A camera's progressive JPEG needs four
   * million.
   */
  blockVisits: 20_000_000,
  /** Bytes of the decoded picture that the decoder has to keep. */
  decodedBytes: 130 * 1024 * 1024,
  /** Processor time of the decoder's process for this one photo, milliseconds. */
  cpuMs: 8_000,
  /**
   * Time since the photo was handed to the decoder, milliseconds. Long, because a machine may have other
   * work.
   */
  deadlineMs: 20_000,
  /** Bytes of memory of the decoder's process, beyond what the structure promises. */
  spareBytes: 40 * 1024 * 1024,
} as const;

/** Changes with the limits, so that a photo that was refused under other limits is tried again. */
export const PHOTO_LIMITS_DIGEST = createHash('sha256')
  .update(JSON.stringify(PHOTO_LIMITS))
  .digest('hex')
  .slice(0, 16);
