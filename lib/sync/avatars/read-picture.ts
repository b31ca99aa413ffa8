import { describeBytes, toImageFormat, type ByteDescription, type ImageFormat } from './image-format.js';
import { PHOTO_LIMITS } from './photo-limits.js';
import { PhotoError } from './photo-refusal.js';
import type { Picture } from './picture.js';
import { readGif } from './read-gif.js';
import { readJpeg } from './read-jpeg.js';
import { readPng } from './read-png.js';
import { readWebp } from './read-webp.js';

const READERS: Readonly<Record<ImageFormat, (bytes: Buffer) => Picture>> = {
  jpeg: readJpeg,
  png: readPng,
  gif: readGif,
  webp: readWebp,
};

/**
 * Reads the structure of a photo and says what decoding it costs. Decodes nothing: its own cost is one pass
 * over the bytes.
 *
 * @throws PhotoError – not one of the four formats, damaged, or over {@link PHOTO_LIMITS}.
 */
export function readPicture(bytes: Buffer): Picture {
  const mebibyte = 1024 * 1024;
  if (bytes.length > PHOTO_LIMITS.bytes) {
    const mebibytes = Math.ceil(bytes.length / mebibyte);
    throw new PhotoError({
      code: 'photo-too-large',
      params: { mebibytes },
      reason: `The photo is ${mebibytes} MiB large.`,
      remedy: `Put a photo of at most ${PHOTO_LIMITS.bytes / mebibyte} MiB into the directory.`,
    });
  }
  const format = toImageFormat(bytes);
  if (!format) throw inUnknownFormat(describeBytes(bytes));
  return READERS[format](bytes);
}

/** Whether {@link readPicture} can read the photo. */
export function isReadablePicture(bytes: Buffer): boolean {
  try {
    readPicture(bytes);
    return true;
  } catch (error) {
    if (error instanceof PhotoError) return false;
    throw error;
  }
}

function inUnknownFormat(found: ByteDescription): PhotoError {
  return new PhotoError({
    code: 'photo-in-unknown-format',
    params: { found },
    reason: REASONS[found],
    remedy: 'Put a JPEG or PNG photo into the directory.',
  });
}

const REASONS: Readonly<Record<ByteDescription, string>> = {
  empty: 'The photo is empty.',
  SVG: 'The photo is an SVG document; SVG is not accepted because it can carry scripts and links.',
  HTML: 'The photo is an HTML page, not an image.',
  XML: 'The photo is an XML document, not an image.',
  PDF: 'The photo is a PDF document, not an image.',
  BMP: 'The photo is a BMP image, which is not supported.',
  TIFF: 'The photo is a TIFF image, which is not supported.',
  'HEIC or AVIF': 'The photo is a HEIC or AVIF image, which is not supported.',
  'a web address': 'The attribute holds a web address instead of the photo itself.',
  'base64 text': 'The photo is stored as base64 text instead of bytes.',
  unknown: 'The photo is not an image in a known format.',
};
