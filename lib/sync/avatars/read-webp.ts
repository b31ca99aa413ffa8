import { damaged } from './photo-refusal.js';
import { assertDimensions, assertParts, createPieces, toDecodedBytes, type Picture } from './picture.js';

const NEEDED = new Set(['VP8X', 'ALPH', 'VP8 ', 'VP8L', 'ANIM', 'ANMF']);
const USEFUL = new Set(['ICCP', 'EXIF']);
const MAX_USEFUL_BYTES = 64 * 1024;
const FRAME_HEADER_BYTES = 16;

/** Red, green, blue, alpha, and some rows that the decoder works on. */
const LOSSLESS_PIXEL_BYTES = 4.25;
/** Canvas, frame, and the frame before. */
const ANIMATED_PIXEL_BYTES = 12;
/** The plane of transparency, and the one it is made of. */
const ALPHA_PIXEL_BYTES = 5;

interface Found {
  canvas?: Size;
  /** The size of the first picture, or of the first frame. */
  image?: Size;
  pixelBytes: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Goes through the chunks of a WebP (RFC 9649 §2) up to its first picture, or its first frame: the decoder
 * gets no other.
 */
export function readWebp(bytes: Buffer): Picture {
  if (bytes.length < 12) throw damaged('webp');
  const whole = Math.min(bytes.length, 8 + bytes.readUInt32LE(4));
  if (whole < 8 + bytes.readUInt32LE(4)) throw damaged('webp');
  const pieces = createPieces(bytes);
  const found: Found = { pixelBytes: 0 };
  const seen = new Set<string>();
  let kept = 4;
  for (let at = 12, parts = 0; at + 8 <= whole; parts += 1) {
    assertParts(parts);
    const type = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const end = at + 8 + length + (length % 2);
    if (at + 8 + length > whole) throw damaged('webp');
    const isFirst = !seen.has(type);
    seen.add(type);
    const isUseful = USEFUL.has(type) && length <= MAX_USEFUL_BYTES;
    if (isFirst && (isUseful || (NEEDED.has(type) && !isFurtherPicture(type, found)))) {
      readChunk(type, bytes.subarray(at + 8, at + 8 + length), found);
      pieces.keep(at, Math.min(end, whole));
      kept += Math.min(end, whole) - at;
    }
    at = end;
  }
  if (!found.image) throw damaged('webp');
  const header = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  header.writeUInt32LE(kept, 4);
  return { format: 'webp', pieces: [header, ...pieces.all()], decodedBytes: toCost(found) + bytes.length };
}

function isFurtherPicture(type: string, { image }: Found): boolean {
  return image !== undefined && (type === 'VP8 ' || type === 'VP8L' || type === 'ANMF' || type === 'ALPH');
}

function readChunk(type: string, content: Buffer, found: Found): void {
  switch (type) {
    case 'VP8X':
      if (content.length < 10) throw damaged('webp');
      found.canvas = { width: 1 + content.readUIntLE(4, 3), height: 1 + content.readUIntLE(7, 3) };
      break;
    case 'ALPH':
      found.pixelBytes += ALPHA_PIXEL_BYTES;
      break;
    case 'VP8 ':
      if (content.length < 10) throw damaged('webp');
      found.image = { width: content.readUInt16LE(6) & 0x3fff, height: content.readUInt16LE(8) & 0x3fff };
      break;
    case 'VP8L':
      if (content.length < 5) throw damaged('webp');
      found.image = toLosslessSize(content.readUInt32LE(1));
      found.pixelBytes += LOSSLESS_PIXEL_BYTES;
      break;
    case 'ANMF':
      if (content.length < FRAME_HEADER_BYTES) throw damaged('webp');
      found.image = { width: 1 + content.readUIntLE(6, 3), height: 1 + content.readUIntLE(9, 3) };
      found.pixelBytes += ANIMATED_PIXEL_BYTES + LOSSLESS_PIXEL_BYTES;
  }
}

function toLosslessSize(bits: number): Size {
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
}

/** What the decoder has to keep: the larger of canvas and picture counts. */
function toCost({ canvas, image, pixelBytes }: Found): number {
  const width = Math.max(canvas?.width ?? 0, image?.width ?? 0);
  const height = Math.max(canvas?.height ?? 0, image?.height ?? 0);
  if (width === 0 || height === 0) throw damaged('webp');
  assertDimensions(width, height);
  return toDecodedBytes(width, 4, width * height * pixelBytes);
}
