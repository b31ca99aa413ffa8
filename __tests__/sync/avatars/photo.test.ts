import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { LdapSyncError } from '../../../lib/errors.js';
import { createPhotoDecoder } from '../../../lib/sync/avatars/photo-decoder.js';
import type { PhotoShape } from '../../../lib/sync/avatars/photo-shape.js';
import { preparePhoto } from '../../../lib/sync/avatars/photo.js';

const SQUARE = { size: 200, resize: true };
const MEBIBYTE = 1024 * 1024;

const decoder = createPhotoDecoder();
afterAll(() => decoder.close());

const prepare = (bytes: Buffer, shape: PhotoShape) => preparePhoto(bytes, shape, { decoder });

/** A picture whose every pixel differs from its neighbours, so that a cut file really lacks something. */
const noise = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  });

const plain = (width: number, height: number, background: string) =>
  sharp({ create: { width, height, channels: 4, background }, limitInputPixels: false });

async function toProblem(bytes: Buffer): Promise<LdapSyncError> {
  const error: unknown = await prepare(bytes, SQUARE).then(
    () => new Error('The photo was accepted.'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof LdapSyncError)) throw error;
  expect(error.code).toBe('invalid-photo');
  expect(error.remedy).toMatch(/directory/);
  return error;
}

/** The colour of the pixel at (x, y), JPEG noise rounded away. */
async function toColour(image: Buffer, x: number, y: number): Promise<number[]> {
  const pixel = await sharp(image).extract({ left: x, top: y, width: 1, height: 1 }).raw().toBuffer();
  return [...pixel].map((value) => Math.round(value / 64) * 64);
}

describe('a usable photo', () => {
  it.each([
    ['JPEG', () => noise(640, 480).jpeg().toBuffer()],
    ['progressive JPEG', () => noise(640, 480).jpeg({ progressive: true }).toBuffer()],
    ['CMYK JPEG', () => noise(640, 480).toColourspace('cmyk').jpeg().toBuffer()],
    ['PNG', () => noise(300, 900).png().toBuffer()],
    ['16-bit grey PNG', () => noise(300, 300).toColourspace('grey16').png().toBuffer()],
    ['GIF', () => noise(96, 96).gif().toBuffer()],
    ['WebP', () => noise(640, 480).webp().toBuffer()],
    ['single pixel', () => noise(1, 1).jpeg().toBuffer()],
  ])('a %s becomes a square sRGB JPEG of the wanted size', async (_name, encode) => {
    const image = await prepare(await encode(), SQUARE);
    expect(await sharp(image).metadata()).toMatchObject({
      format: 'jpeg',
      width: 200,
      height: 200,
      space: 'srgb',
      channels: 3,
    });
  });

  it('a transparent background becomes white', async () => {
    const image = await prepare(await plain(300, 300, '#00000000').png().toBuffer(), SQUARE);
    expect(await toColour(image, 100, 100)).toEqual([256, 256, 256]);
  });

  it('the first frame of an animation is taken', async () => {
    const frames = await Promise.all(
      ['#f00', '#00f'].map((colour) => plain(64, 64, colour).png().toBuffer()),
    );
    for (const format of ['gif', 'webp'] as const) {
      const animation = await sharp(frames, { join: { animated: true } })
        .toFormat(format)
        .toBuffer();
      expect((await sharp(animation).metadata()).pages).toBe(2);
      const image = await prepare(animation, SQUARE);
      expect(await sharp(image).metadata()).toMatchObject({ width: 200, height: 200 });
      expect(await toColour(image, 100, 100)).toEqual([256, 0, 0]);
    }
  });

  it('a photo taken sideways is turned upright, and its metadata is gone', async () => {
    const left = await plain(100, 200, '#f00').png().toBuffer();
    const sideways = await plain(200, 200, '#00f')
      .composite([{ input: left, left: 0, top: 0 }])
      .flatten()
      .withExif({ IFD0: { Copyright: 'somebody' }, IFD3: { GPSLatitudeRef: 'N' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const image = await prepare(sideways, SQUARE);
    expect(await toColour(image, 100, 20)).toEqual([256, 0, 0]);
    expect(await toColour(image, 100, 180)).toEqual([0, 0, 256]);
    const metadata = await sharp(image).metadata();
    expect(metadata.orientation).toBeUndefined();
    expect([metadata.exif, metadata.icc, metadata.xmp, metadata.iptc]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('what was hidden behind the end of the file does not survive', async () => {
    const polyglot = Buffer.concat([
      await noise(100, 100).jpeg().toBuffer(),
      Buffer.from('<script>alert(1)</script>'),
    ]);
    expect((await prepare(polyglot, SQUARE)).includes('<script>')).toBe(false);
  });

  it('the size is the administrator’s choice', async () => {
    const image = await prepare(await noise(50, 80).jpeg().toBuffer(), { size: 96, resize: true });
    expect(await sharp(image).metadata()).toMatchObject({ width: 96, height: 96 });
  });

  it('without resizing a photo keeps its shape, but never more than 1024 pixels a side', async () => {
    const small = await prepare(await noise(120, 60).png().toBuffer(), { size: 200, resize: false });
    const large = await prepare(await noise(3_000, 1_500).jpeg().toBuffer(), {
      size: 200,
      resize: false,
    });
    expect(await sharp(small).metadata()).toMatchObject({ format: 'jpeg', width: 120, height: 60 });
    expect(await sharp(large).metadata()).toMatchObject({ format: 'jpeg', width: 1_024, height: 512 });
  });
});

describe('an unusable photo is refused with the reason', () => {
  it.each([
    ['no bytes', '', /empty/],
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', /SVG document/],
    ['an HTML page', '<!doctype html><h1>404</h1>', /HTML page/],
    ['zero bytes', '\0'.repeat(500), /not an image/],
    [
      'an SVG behind a GIF signature',
      'GIF89a<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
      /damaged.*GIF/,
    ],
    [
      'an SVG behind a WebP signature',
      'RIFF1234WEBP<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
      /damaged.*WEBP/,
    ],
    ['a mere signature', '\xff\xd8\xff', /damaged.*JPEG/],
  ])('%s', async (_name, text, reason) => {
    expect((await toProblem(Buffer.from(text, 'latin1'))).message).toMatch(reason);
  });

  it('more than 10 MiB', async () => {
    const photo = await noise(50, 50).jpeg().toBuffer();
    expect((await toProblem(Buffer.concat([photo, Buffer.alloc(12 * MEBIBYTE)]))).message).toMatch(
      /^The photo is 13 MiB large/,
    );
  });

  it.each([
    ['PNG', () => Promise.resolve(toPngBomb(30_000))],
    ['GIF', () => plain(6_000, 6_000, '#fff').gif({ effort: 1 }).toBuffer()],
    ['WebP', () => plain(6_000, 6_000, '#fff').webp({ effort: 0 }).toBuffer()],
  ])('a decompression bomb: %s', async (_name, encode) => {
    const bomb = await encode();
    expect(bomb.length).toBeLessThan(10 * MEBIBYTE);
    expect((await toProblem(bomb)).message).toMatch(/more than 30 megapixels/);
  });

  const shapes = { square: [400, 400], tall: [300, 2_000], wide: [2_000, 300] } as const;
  const encoders = {
    JPEG: (image: Sharp) => image.jpeg(),
    'progressive JPEG': (image: Sharp) => image.jpeg({ progressive: true }),
    PNG: (image: Sharp) => image.png(),
    GIF: (image: Sharp) => image.gif({ effort: 1 }),
    WebP: (image: Sharp) => image.webp(),
  };
  const cuts = Object.entries(encoders).flatMap(([format, encode]) =>
    Object.entries(shapes).map(([shape, [width, height]]) => ({
      shape,
      format,
      encode: () => encode(noise(width, height)).toBuffer(),
    })),
  );

  it.each(cuts)('a $shape $format cut anywhere', async ({ encode }) => {
    const photo = await encode();
    for (const length of [photo.length * 0.1, photo.length * 0.5, photo.length * 0.95, photo.length - 2]) {
      expect((await toProblem(photo.subarray(0, Math.floor(length)))).message).toMatch(
        /damaged or incomplete/,
      );
    }
  });

  it('a JPEG overwritten in the middle of its header', async () => {
    const photo = await noise(200, 200).jpeg().toBuffer();
    photo.fill(0x55, 4, 400);
    expect((await toProblem(photo)).message).toMatch(/damaged/);
  });
});

/**
 * A valid PNG of `side` by `side` white pixels, one bit each (RFC 2083): a hundred kilobytes for nearly a
 * thousand megapixels.
 */
function toPngBomb(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.writeUInt8(1, 8);
  const rows = deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))));
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    toChunk('IHDR', header),
    toChunk('IDAT', rows),
    toChunk('IEND', Buffer.alloc(0)),
  ]);
}

function toChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
