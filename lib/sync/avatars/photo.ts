import { setImmediate } from 'node:timers/promises';
import type { PhotoDecoder } from './photo-decoder.js';
import type { PhotoShape } from './photo-shape.js';
import { readPicture } from './read-picture.js';

/**
 * Turns the bytes of a directory photo (JPEG, PNG, GIF, WebP) into a fresh sRGB JPEG: turned upright, without
 * metadata, transparency on white, the first frame of an animation, cropped to the middle. Nothing of the
 * original file survives.
 *
 * Only the four formats reach the decoder, and only what their structure shows to be affordable.
 *
 * @throws PhotoError – not one of the four formats, too large, too costly, damaged or incomplete.
 */
export async function preparePhoto(
  bytes: Buffer,
  shape: PhotoShape,
  { decoder, signal }: { readonly decoder: PhotoDecoder; readonly signal?: AbortSignal | undefined },
): Promise<Buffer> {
  // Each structure is read in a turn of its own: a page may have hundreds.
  await setImmediate();
  signal?.throwIfAborted();
  return decoder.decode(readPicture(bytes), shape, signal);
}
