import { PHOTO_LIMITS } from './photo-limits.js';
import { damaged, tooDear, unsupported } from './photo-refusal.js';
import { assertDimensions, assertParts, createPieces, toDecodedBytes, type Picture } from './picture.js';
import { readFrame, type JpegFrame } from './jpeg-frame.js';

const [SOI, EOI, SOS] = [0xd8, 0xd9, 0xda];
/** JFIF and Adobe (what the colours are), Exif (orientation), ICC (colours). */
const WANTED_APPLICATIONS: readonly number[] = [0xe0, 0xee, 0xe1, 0xe2];

/**
 * Goes through the segments of a JPEG (ITU-T T.81 §B) and counts what its scans ask for. Of the application
 * segments the decoder gets only those that say something about the picture itself, and nothing of what
 * follows the end marker.
 */
export function readJpeg(bytes: Buffer): Picture {
  const pieces = createPieces(bytes);
  pieces.keep(0, 2);
  let frame: JpegFrame | undefined;
  let firstScanComponents: number | undefined;
  let visits = 0;
  for (const { marker, start, content, end } of toSegments(bytes)) {
    if (isFrame(marker)) {
      if (frame) throw damaged('jpeg');
      frame = readFrame(marker, content);
      assertDimensions(frame.width, frame.height);
    } else if (marker === SOS) {
      if (!frame) throw damaged('jpeg');
      const scan = readScan(content, frame);
      firstScanComponents ??= scan.components;
      visits += scan.visits;
      if (visits > PHOTO_LIMITS.blockVisits) throw tooDear(TOO_MANY_VISITS);
    }
    if (isWanted(marker)) pieces.keep(start, end);
  }
  if (!frame || firstScanComponents === undefined) throw damaged('jpeg');
  // The coefficients of all blocks, two bytes each, are kept when one scan does not tell a block wholly.
  const isKept = frame.progressive || firstScanComponents < frame.components.length;
  const kept = isKept ? frame.components.reduce((sum, { blocks }) => sum + blocks * 128, 0) : 0;
  const decodedBytes = toDecodedBytes(frame.width, frame.components.length, kept + bytes.length);
  return { format: 'jpeg', pieces: pieces.all(), decodedBytes };
}

const TOO_MANY_VISITS = `goes over its blocks more than ${PHOTO_LIMITS.blockVisits / 1_000_000} million times`;

/** `end` is behind the coded data, if it is a scan. */
interface Segment {
  readonly marker: number;
  readonly start: number;
  readonly content: Buffer;
  readonly end: number;
}

/** The segments up to the end marker. Throws when there is none. */
function* toSegments(bytes: Buffer): Generator<Segment> {
  for (let at = 2, parts = 0; ; parts += 1) {
    assertParts(parts);
    const start = findMarker(bytes, at);
    const marker = bytes[start + 1] as number;
    at = start + 2;
    // A restart that is out of place, another start, or TEM: they have no content.
    if ((marker >= 0xd0 && marker <= SOI) || marker === 0x01) continue;
    if (marker === EOI) {
      yield { marker, start, content: bytes.subarray(at, at), end: at };
      return;
    }
    const end = at + (at + 2 <= bytes.length ? bytes.readUInt16BE(at) : 0);
    if (end < at + 2 || end > bytes.length) throw damaged('jpeg');
    const content = bytes.subarray(at + 2, end);
    at = marker === SOS ? findScanEnd(bytes, end) : end;
    yield { marker, start, content, end: at };
  }
}

/** Start of frame (SOF0…15) and of a hierarchy (DHP); not DHT, JPG, DAC, which lie among them. */
function isFrame(marker: number): boolean {
  return (
    (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) ||
    marker === 0xde
  );
}

function isWanted(marker: number): boolean {
  // The markers beyond these are comments, and markers that T.81 reserves.
  return marker < 0xe0 || WANTED_APPLICATIONS.includes(marker);
}

/** One scan: how many components it has, and how many blocks it goes through. */
function readScan(content: Buffer, frame: JpegFrame): { components: number; visits: number } {
  const count = content[0] ?? 0;
  if (count < 1 || count > 4 || content.length < 4 + 2 * count) throw damaged('jpeg');
  const ids = Array.from({ length: count }, (_, index) => content[1 + 2 * index]);
  let blocks = 0;
  for (const id of ids) {
    const component = frame.components.find((candidate) => candidate.id === id);
    if (!component) throw damaged('jpeg');
    blocks += component.blocks;
  }
  if (!frame.progressive) return { components: count, visits: blocks };
  const [ss = 0, se = 0, approximation = 0] = content.subarray(1 + 2 * count);
  if (se < ss || se > 63) throw unsupported('is a JPEG whose scans are out of bounds');
  // A refinement looks at each coefficient of its band.
  const weight = ss > 0 && approximation >> 4 > 0 ? 1 + (se - ss) / 16 : 1;
  return { components: count, visits: Math.ceil(blocks * weight) };
}

/** The next marker; fill bytes and what lies between two segments are passed over, as decoders do. */
function findMarker(bytes: Buffer, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    if (bytes[at] === 0xff && bytes[at + 1] !== 0xff && bytes[at + 1] !== 0) return at;
  }
  throw damaged('jpeg');
}

/** Where the coded data of a scan ends: at the next marker that is no restart. */
function findScanEnd(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1 && at + 1 < bytes.length;) {
    const next = bytes[at + 1] as number;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
    // One by one: coded data may consist of nothing else.
    for (at += next === 0xff ? 1 : 2; at < bytes.length && bytes[at] !== 0xff; at += 1);
  }
  throw damaged('jpeg');
}
