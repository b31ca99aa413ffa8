import { damaged } from './photo-refusal.js';
import { assertDimensions, assertParts, createPieces, toDecodedBytes, type Picture } from './picture.js';

const [EXTENSION, IMAGE, TRAILER] = [0x21, 0x2c, 0x3b];
const GRAPHIC_CONTROL = 0xf9;
const [HEADER_BYTES, DESCRIPTOR_BYTES] = [13, 10];
/** Red, green, blue, alpha, and the index of the colour. */
const KEPT_PIXEL_BYTES = 5;

/**
 * Goes through the blocks of a GIF (GIF89a §15–27) up to the end of its first picture. The decoder gets that
 * one alone, with what says which of its colours is transparent, so that it need not count frames.
 */
export function readGif(bytes: Buffer): Picture {
  if (bytes.length < HEADER_BYTES) throw damaged('gif');
  const pieces = createPieces(bytes);
  const [screenWidth, screenHeight] = [bytes.readUInt16LE(6), bytes.readUInt16LE(8)];
  let at = HEADER_BYTES + toTableBytes(bytes[10]);
  pieces.keep(0, at);
  for (let parts = 0; ; parts += 1) {
    assertParts(parts);
    const kind = bytes[at];
    if (kind === EXTENSION) {
      const end = skipBlocks(bytes, at + 2);
      if (bytes[at + 1] === GRAPHIC_CONTROL) pieces.keep(at, end);
      at = end;
      continue;
    }
    if (kind !== IMAGE || at + DESCRIPTOR_BYTES >= bytes.length) throw damaged('gif');
    const width = Math.max(screenWidth, bytes.readUInt16LE(at + 1) + bytes.readUInt16LE(at + 5));
    const height = Math.max(screenHeight, bytes.readUInt16LE(at + 3) + bytes.readUInt16LE(at + 7));
    if (width === 0 || height === 0) throw damaged('gif');
    assertDimensions(width, height);
    const data = at + DESCRIPTOR_BYTES + toTableBytes(bytes[at + 9]);
    pieces.keep(at, skipBlocks(bytes, data + 1));
    pieces.add(Buffer.from([TRAILER]));
    const decodedBytes = toDecodedBytes(width, 4, width * height * KEPT_PIXEL_BYTES + bytes.length);
    return { format: 'gif', pieces: pieces.all(), decodedBytes };
  }
}

/** The colour table that the flags announce. */
function toTableBytes(flags = 0): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/** Behind the sub-blocks that start here. */
function skipBlocks(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length;) {
    const length = bytes[at] as number;
    at += 1 + length;
    if (length === 0) return at;
  }
  throw damaged('gif');
}
