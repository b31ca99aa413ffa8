import type { ImageFormat } from './image-format.js';
import { PHOTO_LIMITS } from './photo-limits.js';
import { PhotoError, SMALLER, tooDear } from './photo-refusal.js';

/** A photo as its structure shows it, within {@link PHOTO_LIMITS}. */
export interface Picture {
  readonly format: ImageFormat;
  /** Views on the file, in order: what the decoder needs of it, and nothing else. */
  readonly pieces: readonly Buffer[];
  /** What the decoder will have to keep in memory at once, bytes. */
  readonly decodedBytes: number;
}

/** Throws for a picture that is too large. */
export function assertDimensions(width: number, height: number): void {
  if (width * height > PHOTO_LIMITS.pixels) {
    throw new PhotoError({
      code: 'photo-with-too-many-pixels',
      params: { megapixels: PHOTO_LIMITS.pixels / 1_000_000 },
      reason: `The photo has more than ${PHOTO_LIMITS.pixels / 1_000_000} megapixels.`,
      remedy: SMALLER,
    });
  }
  if (Math.max(width, height) > PHOTO_LIMITS.side)
    throw new PhotoError({
      code: 'photo-with-too-many-pixels',
      params: { width, height, side: PHOTO_LIMITS.side },
      reason: `The photo is ${width} by ${height} pixels large; at most ${PHOTO_LIMITS.side} a side are taken.`,
      remedy: SMALLER,
    });
}

/** Rows of the picture that the decoder and the resizing keep between them. */
const KEPT_ROWS = 1_200;

/**
 * `keptBytes`: the whole picture, if the decoder has to keep it; `pixelBytes`: one pixel once it is decoded.
 */
export function toDecodedBytes(width: number, pixelBytes: number, keptBytes: number): number {
  const bytes = Math.ceil(keptBytes + width * pixelBytes * KEPT_ROWS);
  if (bytes > PHOTO_LIMITS.decodedBytes) {
    const mebibyte = 1024 * 1024;
    throw tooDear(
      `takes ${Math.ceil(bytes / mebibyte)} MiB of memory; at ` +
        `most ${PHOTO_LIMITS.decodedBytes / mebibyte} are given`,
    );
  }
  return bytes;
}

export function assertParts(count: number): void {
  if (count > PHOTO_LIMITS.parts) throw tooDear(`consists of more than ${PHOTO_LIMITS.parts} parts`);
}

/** Gathers pieces of a file; what follows on each other becomes one. */
export function createPieces(bytes: Buffer): {
  keep(start: number, end: number): void;
  /** Bytes of our own. */
  add(own: Buffer): void;
  all(): readonly Buffer[];
} {
  const pieces: Buffer[] = [];
  let from = 0;
  let to = 0;
  const flush = (): void => {
    if (to > from) pieces.push(bytes.subarray(from, to));
    from = to = 0;
  };
  return {
    keep(start, end) {
      if (start !== to) {
        flush();
        from = start;
      }
      to = end;
    },
    add(own) {
      flush();
      pieces.push(own);
    },
    all() {
      flush();
      return pieces;
    },
  };
}
