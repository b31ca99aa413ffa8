import { crc32, deflateSync } from 'node:zlib';

export interface PngShape {
  readonly width: number;
  readonly height: number;
  /** Bits a sample. */
  readonly depth?: number;
  /** 0 grey, 2 colour, 3 palette, 6 colour and alpha. */
  readonly colour?: number;
  readonly interlaced?: boolean;
  /** Chunks between header and data. */
  readonly extra?: readonly Buffer[];
  /** Rows of the picture, filters included. @default none, which only a decoder would miss */
  readonly rows?: Buffer;
}

/** A PNG by hand (RFC 2083). */
export function toPng({
  width,
  height,
  depth = 8,
  colour = 2,
  interlaced = false,
  extra = [],
  rows = Buffer.alloc(0),
}: PngShape): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(depth, 8);
  header.writeUInt8(colour, 9);
  header.writeUInt8(interlaced ? 1 : 0, 12);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    toPngChunk('IHDR', header),
    ...extra,
    toPngChunk('IDAT', deflateSync(rows)),
    toPngChunk('IEND', Buffer.alloc(0)),
  ]);
}

export function toPngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/** A compressed text a thousand times as long as its chunk. */
export function toTextBomb(bytes: number): Buffer {
  return toPngChunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(Buffer.alloc(bytes))]));
}

/** A GIF of one frame per entry, each of one colour, on a screen of its own size (GIF89a). */
export function toGif(
  screen: readonly [number, number],
  frames: readonly { readonly at?: readonly [number, number]; readonly size: readonly [number, number] }[],
): Buffer {
  const header = Buffer.from('GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1');
  header.writeUInt16LE(screen[0], 6);
  header.writeUInt16LE(screen[1], 8);
  const images = frames.map(({ at = [0, 0], size }) => {
    const descriptor = Buffer.alloc(10);
    descriptor.writeUInt8(0x2c, 0);
    [...at, ...size].forEach((value, index) => descriptor.writeUInt16LE(value, 1 + 2 * index));
    // Code size 2: clear, one pixel of colour 1, end.
    return Buffer.concat([descriptor, Buffer.from([2, 2, 0x4c, 0x01, 0])]);
  });
  return Buffer.concat([header, ...images, Buffer.from([0x3b])]);
}

/** A WebP of chunks by hand (RFC 9649); sizes and paddings are put in. */
export function toWebp(...chunks: readonly (readonly [type: string, content: Buffer])[]): Buffer {
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    ...chunks.flatMap(([type, content]) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(content.length);
      return [Buffer.from(type), length, content, Buffer.alloc(content.length % 2)];
    }),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from('RIFF'), length, body]);
}

/** The header of an extended WebP: its canvas. */
export function toCanvas(width: number, height: number): readonly [string, Buffer] {
  const content = Buffer.alloc(10);
  content.writeUIntLE(width - 1, 4, 3);
  content.writeUIntLE(height - 1, 7, 3);
  return ['VP8X', content];
}

/** The header of a lossless picture, without its data. */
export function toLossless(width: number, height: number): readonly [string, Buffer] {
  const content = Buffer.alloc(20);
  content.writeUInt8(0x2f, 0);
  content.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0, 1);
  return ['VP8L', content];
}

/** The header of a lossy picture, without its data. */
export function toLossy(width: number, height: number): readonly [string, Buffer] {
  const content = Buffer.alloc(20);
  content.writeUInt16LE(width, 6);
  content.writeUInt16LE(height, 8);
  return ['VP8 ', content];
}

/** A frame of an animation. */
export function toFrame(width: number, height: number): readonly [string, Buffer] {
  const content = Buffer.alloc(40);
  content.writeUIntLE(width - 1, 6, 3);
  content.writeUIntLE(height - 1, 9, 3);
  return ['ANMF', content];
}
