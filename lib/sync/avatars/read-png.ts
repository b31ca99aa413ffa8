import { damaged } from './photo-refusal.js';
import { assertDimensions, assertParts, createPieces, toDecodedBytes, type Picture } from './picture.js';

/** Samples a pixel has, by colour type (RFC 2083 §4.1.1). A palette becomes red, green, blue, alpha. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 4, 4: 2, 6: 4 };

/** What a decoder needs. Texts, times and the like may be compressed a thousandfold, and are left out. */
const NEEDED = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS']);
/** Colours and orientation: once each, and no larger than any honest one. */
const USEFUL: ReadonlyMap<string, number> = new Map([
  ['iCCP', 64 * 1024],
  ['eXIf', 64 * 1024],
  ['sRGB', 1],
  ['gAMA', 4],
  ['cHRM', 32],
]);
const ADAM7 = 1;

/** Goes through the chunks of a PNG (RFC 2083 §3.2). */
export function readPng(bytes: Buffer): Picture {
  const pieces = createPieces(bytes);
  pieces.keep(0, 8);
  const seen = new Set<string>();
  let decodedBytes: number | undefined;
  for (let at = 8, parts = 0; ; parts += 1) {
    assertParts(parts);
    if (at + 12 > bytes.length) throw damaged('png');
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const end = at + 12 + length;
    if (end > bytes.length) throw damaged('png');
    if ((type === 'IHDR') !== (parts === 0)) throw damaged('png');
    decodedBytes ??= readHeader(bytes.subarray(at + 8, end - 4)) + bytes.length;
    const isUseful = length <= (USEFUL.get(type) ?? -1) && !seen.has(type);
    if (isUseful || (NEEDED.has(type) && (type !== 'IDAT' || length > 0))) pieces.keep(at, end);
    seen.add(type);
    if (type === 'IEND') break;
    at = end;
  }
  return { format: 'png', pieces: pieces.all(), decodedBytes };
}

/** Checks the header; what the decoder has to keep, in bytes. */
function readHeader(header: Buffer): number {
  if (header.length !== 13) throw damaged('png');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const samples = SAMPLES[header.readUInt8(9)];
  const depth = header.readUInt8(8);
  const interlacing = header.readUInt8(12);
  if (width === 0 || height === 0 || samples === undefined || depth > 16 || interlacing > ADAM7)
    throw damaged('png');
  assertDimensions(width, height);
  // Transparency by colour (tRNS) adds a sample.
  const pixelBytes =
    Math.min(4, samples === 1 || samples === 3 ? samples + 1 : samples) * (depth > 8 ? 2 : 1);
  return toDecodedBytes(width, pixelBytes, interlacing === ADAM7 ? width * height * pixelBytes : 0);
}
