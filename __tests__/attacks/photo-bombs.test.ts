import sharp from 'sharp';
import { createPhotoDecoder, type PhotoDecoder } from '../../lib/sync/avatars/photo-decoder.js';
import { PHOTO_LIMITS } from '../../lib/sync/avatars/photo-limits.js';
import { PhotoError } from '../../lib/sync/avatars/photo-refusal.js';
import { readPicture } from '../../lib/sync/avatars/read-picture.js';
import { preparePhoto } from '../../lib/sync/avatars/photo.js';
import { COLOUR, segment, toEmptyScans, toJpeg } from '../setup/hostile-jpeg.js';
import {
  toCanvas,
  toFrame,
  toGif,
  toLossless,
  toLossy,
  toPng,
  toPngChunk,
  toTextBomb,
  toWebp,
} from '../setup/hostile-pictures.js';

const SHAPE = { size: 64, resize: true };
const FULL = [
  [1, 1],
  [1, 1],
  [1, 1],
] as const;

/** Of a header only: without scans there is nothing to be counted. */
const once = [{ components: [0, 1, 2], ss: 0, se: 63, ah: 0, al: 0 }];
const small = { width: 64, height: 64, sampling: FULL };

describe('a photo that would cost too much is refused before anything is decoded', () => {
  const decode = jest.fn<Promise<Buffer>, []>();
  const decoder: PhotoDecoder = { decode, close: () => undefined };

  it.each<[string, () => Buffer, RegExp]>([
    [
      'a JPEG of 240 empty scans',
      () => toJpeg({ width: 3_472, height: 8_456, sampling: COLOUR, scans: toEmptyScans(240, 3, 8) }),
      /goes over its blocks more than 20 million times/,
    ],
    [
      'a small JPEG of 2,600 scans',
      () => toJpeg({ width: 1_600, height: 1_600, sampling: COLOUR, scans: toEmptyScans(2_600, 3, 1) }),
      /goes over its blocks/,
    ],
    [
      'a baseline JPEG that tells the same component again and again',
      () =>
        toJpeg({
          width: 2_000,
          height: 2_000,
          sampling: [[1, 1]],
          frame: 0xc0,
          scans: Array.from({ length: 400 }, () => ({ components: [0], ss: 0, se: 63, ah: 0, al: 0 })),
        }),
      /goes over its blocks/,
    ],
    [
      'a JPEG that is very wide',
      () => toJpeg({ width: 65_500, height: 450, sampling: COLOUR, scans: toEmptyScans(20, 3) }),
      /65500 by 450/,
    ],
    [
      'a JPEG whose coefficients do not fit',
      () => toJpeg({ width: 5_000, height: 5_000, sampling: FULL, scans: toEmptyScans(4, 3) }),
      /takes \d+ MiB of memory/,
    ],
    [
      'a baseline JPEG that tells its components one by one',
      () =>
        toJpeg({
          width: 5_000,
          height: 5_000,
          sampling: FULL,
          frame: 0xc0,
          scans: [0, 1, 2].map((component) => ({ components: [component], ss: 0, se: 63, ah: 0, al: 0 })),
        }),
      /takes \d+ MiB of memory/,
    ],
    [
      'a JPEG of giant dimensions',
      () => toJpeg({ width: 65_000, height: 65_000, sampling: FULL, scans: [], frame: 0xc2 }),
      /megapixels/,
    ],
    ['an arithmetic JPEG', () => toJpeg({ ...small, frame: 0xc9, scans: once }), /arithmetic coding/],
    ['a lossless JPEG', () => toJpeg({ ...small, frame: 0xc3, scans: once }), /lossless/],
    ['a hierarchical JPEG', () => toJpeg({ ...small, frame: 0xde, scans: once }), /hierarchical/],
    [
      'a JPEG of two frames',
      () => {
        const jpeg = toJpeg({ ...small, frame: 0xc0, scans: once });
        const again = segment(0xc0, [8, 0x40, 0, 0x40, 0, 1, 1, 0x11, 0]);
        return Buffer.concat([jpeg.subarray(0, -2), again, jpeg.subarray(-2)]);
      },
      /damaged/,
    ],
    [
      'a JPEG whose components are called the same, so that scans seem to go over the smallest',
      () => {
        const sampling = [
          [1, 1],
          [2, 2],
          [2, 2],
        ] as const;
        const jpeg = toJpeg({ ...small, sampling, scans: once });
        const frame = jpeg.indexOf(Buffer.from([0xff, 0xc2]));
        const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
        for (const component of [0, 1, 2]) {
          jpeg.writeUInt8(1, frame + 10 + 3 * component);
          jpeg.writeUInt8(1, scan + 5 + 2 * component);
        }
        return jpeg;
      },
      /damaged/,
    ],
    [
      'a JPEG of 30,000 comments',
      () => {
        const comments = Array.from({ length: 30_000 }, () => segment(0xfe, []));
        const jpeg = toJpeg({ ...small, scans: once });
        return Buffer.concat([jpeg.subarray(0, 2), ...comments, jpeg.subarray(2)]);
      },
      /more than 20000 parts/,
    ],
    [
      'an interlaced PNG that does not fit',
      () => toPng({ width: 5_400, height: 5_400, colour: 6, interlaced: true }),
      /takes \d+ MiB of memory/,
    ],
    [
      'an interlaced PNG of 16 bits a sample',
      () => toPng({ width: 4_000, height: 4_000, colour: 6, depth: 16, interlaced: true }),
      /takes \d+ MiB of memory/,
    ],
    ['a PNG that is very wide', () => toPng({ width: 60_000, height: 10 }), /60000 by 10/],
    ['a PNG of giant dimensions', () => toPng({ width: 2 ** 31 - 1, height: 2 ** 31 - 1 }), /megapixels/],
    [
      'a PNG of 30,000 pieces',
      () =>
        toPng({
          width: 10,
          height: 10,
          extra: Array.from({ length: 30_000 }, () => toPngChunk('IDAT', Buffer.alloc(0))),
        }),
      /more than 20000 parts/,
    ],
    ['a GIF with a giant screen', () => toGif([60_000, 60_000], [{ size: [1, 1] }]), /megapixels/],
    [
      'a GIF with a giant frame on a small screen',
      () => toGif([1, 1], [{ at: [60_000, 60_000], size: [5_000, 5_000] }]),
      /megapixels/,
    ],
    ['a GIF that does not fit', () => toGif([5_400, 5_400], [{ size: [1, 1] }]), /takes \d+ MiB of memory/],
    [
      'a WebP with a giant canvas',
      () => toWebp(toCanvas(2 ** 24, 2 ** 24), ['ANIM', Buffer.alloc(6)], toFrame(1, 1)),
      /megapixels/,
    ],
    [
      'an animated WebP that does not fit',
      () => toWebp(toCanvas(3_000, 3_000), ['ANIM', Buffer.alloc(6)], toFrame(1, 1)),
      /takes \d+ MiB of memory/,
    ],
    ['a lossless WebP that does not fit', () => toWebp(toLossless(5_400, 5_400)), /takes \d+ MiB of memory/],
    [
      'a WebP whose transparency does not fit',
      () => toWebp(toCanvas(5_400, 5_400), ['ALPH', Buffer.alloc(4)], toLossy(5_400, 5_400)),
      /takes \d+ MiB of memory/,
    ],
  ])('%s', async (_name, make, reason) => {
    const photo = make();
    expect(photo.length).toBeLessThan(PHOTO_LIMITS.bytes);
    const error: unknown = await preparePhoto(photo, SHAPE, { decoder }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PhotoError);
    expect(error).toMatchObject({ message: expect.stringMatching(reason), remedy: expect.any(String) });
    expect(decode).not.toHaveBeenCalled();
  });
});

describe('what a decoder does not need never reaches it', () => {
  const decoder = createPhotoDecoder();
  afterAll(() => decoder.close());
  const sizeOf = (photo: Buffer) => readPicture(photo).pieces.reduce((sum, { length }) => sum + length, 0);
  const rows = Buffer.alloc(10 * 31);

  it('texts of a PNG that would be a thousand times as long', async () => {
    const plain = toPng({ width: 10, height: 10, rows });
    const extra = Array<Buffer>(200).fill(toTextBomb(7_000_000));
    const bomb = toPng({ width: 10, height: 10, rows, extra });
    expect(bomb.length).toBeGreaterThan(plain.length + 1_000_000);
    expect(sizeOf(bomb)).toBe(plain.length);
    const image = await preparePhoto(bomb, SHAPE, { decoder });
    expect(await sharp(image).metadata()).toMatchObject({ width: 64, height: 64 });
  });

  it('a colour profile that is larger than any honest one', () => {
    const profile = toPngChunk('iCCP', Buffer.alloc(100_000));
    expect(sizeOf(toPng({ width: 10, height: 10, rows, extra: [profile] }))).toBe(
      sizeOf(toPng({ width: 10, height: 10, rows })),
    );
  });

  it('all frames of a GIF but the first', async () => {
    const frames = Array.from({ length: 50_000 }, () => ({ size: [1, 1] as const }));
    expect(sizeOf(toGif([1, 1], frames))).toBe(toGif([1, 1], frames.slice(0, 1)).length);
  });

  it('all frames of a WebP but the first', () => {
    const frames = Array.from({ length: 5_000 }, () => toFrame(10, 10));
    const animation = (count: number) =>
      toWebp(toCanvas(10, 10), ['ANIM', Buffer.alloc(6)], ...frames.slice(0, count));
    expect(sizeOf(animation(5_000))).toBe(animation(1).length);
  });

  it('other people’s segments of a JPEG, and what is behind its end', async () => {
    const photo = await sharp({ create: { width: 30, height: 30, channels: 3, background: '#3a7' } })
      .jpeg()
      .toBuffer();
    const stuffed = Buffer.concat([
      photo.subarray(0, 2),
      ...Array.from({ length: 15 }, () => segment(0xe5, Array<number>(60_000).fill(0))),
      photo.subarray(2),
      Buffer.alloc(500_000),
    ]);
    expect(sizeOf(stuffed)).toBe(photo.length);
    const image = await preparePhoto(stuffed, SHAPE, { decoder });
    expect(await sharp(image).metadata()).toMatchObject({ format: 'jpeg', width: 64 });
  });
});

describe('what a camera takes is affordable', () => {
  /** The usual ten scans (libjpeg's simple progression). */
  const usual = [
    { components: [0, 1, 2], ss: 0, se: 0, ah: 0, al: 1 },
    { components: [0], ss: 1, se: 5, ah: 0, al: 2 },
    { components: [2], ss: 1, se: 63, ah: 0, al: 1 },
    { components: [1], ss: 1, se: 63, ah: 0, al: 1 },
    { components: [0], ss: 6, se: 63, ah: 0, al: 2 },
    { components: [0], ss: 1, se: 63, ah: 2, al: 1 },
    { components: [0, 1, 2], ss: 0, se: 0, ah: 1, al: 0 },
    { components: [2], ss: 1, se: 63, ah: 1, al: 0 },
    { components: [1], ss: 1, se: 63, ah: 1, al: 0 },
    { components: [0], ss: 1, se: 63, ah: 1, al: 0 },
  ];

  it.each<[string, () => Buffer]>([
    [
      'a progressive JPEG of 24 megapixels',
      () => toJpeg({ width: 6_000, height: 4_000, sampling: COLOUR, scans: usual }),
    ],
    [
      'a baseline JPEG of 30',
      () => toJpeg({ width: 6_000, height: 5_000, sampling: FULL, frame: 0xc0, scans: once }),
    ],
    ['a PNG of 30', () => toPng({ width: 6_000, height: 5_000, colour: 6 })],
    ['an interlaced PNG of 24', () => toPng({ width: 6_000, height: 4_000, colour: 2, interlaced: true })],
    ['a lossy WebP of 30', () => toWebp(toLossy(6_000, 5_000))],
    ['a lossless WebP of 24', () => toWebp(toLossless(6_000, 4_000))],
    ['a GIF of 16', () => toGif([4_000, 4_000], [{ size: [4_000, 4_000] }])],
  ])('%s', (_name, make) => {
    expect(readPicture(make()).decodedBytes).toBeLessThanOrEqual(
      PHOTO_LIMITS.decodedBytes + PHOTO_LIMITS.bytes,
    );
  });
});
