import { LdapSyncError } from '../errors.js';
import {
  describeBytes,
  isWholeFile,
  toImageFormat,
  type ByteDescription,
  type ImageFormat,
} from './image-format.js';

const MAX_BYTES = 10 * 1024 * 1024;
/** A 24 megapixel camera passes. Four hostile files of this size, decoded at once, take about half a gigabyte. */
const MAX_PIXELS = 30_000_000;
const MAX_SIDE_UNRESIZED = 1_024;
/** An ordinary photo takes some hundredths of a second, the largest allowed under one. */
const DECODE_TIMEOUT_MS = 10_000;
const JPEG_QUALITY = 85;

export interface PhotoShape {
  /** The side of the square, in pixels (`Accounts_AvatarSize`). */
  readonly size: number;
  /** False: the photo keeps its own shape, at most 1024 pixels a side (`Accounts_AvatarResize`). */
  readonly resize: boolean;
}

/**
 * Turns the bytes of a directory photo (JPEG, PNG, GIF, WebP) into a fresh sRGB JPEG: turned upright, without metadata,
 * transparency on white, the first frame of an animation, cropped to the middle. Nothing of the original file survives.
 *
 * @throws LdapSyncError `invalid-photo` – not one of the four formats, too large, damaged or incomplete.
 */
export async function preparePhoto(bytes: Buffer, shape: PhotoShape): Promise<Buffer> {
  const format = parseFormat(bytes);
  const decode = await loadDecoder();
  try {
    return await decode(bytes, shape);
  } catch (error) {
    throw toPhotoError(error, format);
  }
}

/** Only the four formats reach the decoder, which also knows SVG, PDF and others that may refer to files and addresses. */
function parseFormat(bytes: Buffer): ImageFormat {
  if (bytes.length > MAX_BYTES) {
    throw invalid(
      `The photo is ${toMebibytes(bytes.length)} MiB large.`,
      `Put a photo of at most ${toMebibytes(MAX_BYTES)} MiB into the directory.`,
    );
  }
  const format = toImageFormat(bytes);
  if (!format) throw invalid(REASONS[describeBytes(bytes)], 'Put a JPEG or PNG photo into the directory.');
  if (!isWholeFile(bytes, format)) throw damaged(format);
  return format;
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

/**
 * Loads sharp when the first photo comes, so that a host that syncs no photos never loads the native library. Its cache
 * and thread count are the process's, not ours: both stay as the host has set them.
 */
async function loadDecoder(): Promise<(bytes: Buffer, shape: PhotoShape) => Promise<Buffer>> {
  const { default: sharp } = await import('sharp');
  return (bytes, { size, resize }) =>
    sharp(bytes, { failOn: 'error', limitInputPixels: MAX_PIXELS, pages: 1 })
      .timeout({ seconds: DECODE_TIMEOUT_MS / 1_000 })
      .autoOrient()
      .resize(
        resize
          ? { width: size, height: size, fit: 'cover' }
          : {
              width: MAX_SIDE_UNRESIZED,
              height: MAX_SIDE_UNRESIZED,
              fit: 'inside',
              withoutEnlargement: true,
            },
      )
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: JPEG_QUALITY })
      .toBuffer();
}

function toPhotoError(error: unknown, format: ImageFormat): LdapSyncError {
  const text = error instanceof Error ? error.message : '';
  if (text.includes('exceeds pixel limit')) {
    return invalid(
      `The photo has more than ${MAX_PIXELS / 1_000_000} megapixels.`,
      'Put a smaller photo into the directory; 500 by 500 pixels are plenty.',
    );
  }
  if (text.startsWith('timeout')) {
    return invalid(
      `The photo could not be decoded within ${DECODE_TIMEOUT_MS / 1_000} seconds.`,
      'Put a smaller photo into the directory; if all photos fail like this, the server is overloaded.',
    );
  }
  return damaged(format, error);
}

function damaged(format: ImageFormat, cause?: unknown): LdapSyncError {
  return invalid(
    `The photo is a damaged or incomplete ${format.toUpperCase()} file.`,
    'Open the photo in an image program, save it again as JPEG and put it back into the directory.',
    cause,
  );
}

function invalid(message: string, remedy: string, cause?: unknown): LdapSyncError {
  return new LdapSyncError('invalid-photo', message, { remedy, cause });
}

function toMebibytes(bytes: number): number {
  return Math.ceil(bytes / 1024 / 1024);
}
