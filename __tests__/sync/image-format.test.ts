import sharp from 'sharp';
import { describeBytes, isWholeFile, toImageFormat } from '../../lib/sync/image-format.js';

const picture = () => sharp({ create: { width: 24, height: 16, channels: 3, background: '#3a7' } });

describe('toImageFormat', () => {
  it.each([
    ['jpeg', () => picture().jpeg().toBuffer()],
    ['png', () => picture().png().toBuffer()],
    ['gif', () => picture().gif().toBuffer()],
    ['webp', () => picture().webp().toBuffer()],
  ] as const)('a %s is known by its first bytes', async (format, encode) => {
    const bytes = await encode();
    expect(toImageFormat(bytes)).toBe(format);
    expect(isWholeFile(bytes, format)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['two bytes of a JPEG signature', '\xff\xd8'],
    ['a signature that does not come first', ' GIF89a'],
    ['another RIFF file', 'RIFF\x24\0\0\0WAVEfmt '],
    ['a TIFF', 'II*\0\x08\0\0\0'],
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ])('%s is no known format', (_name, text) => {
    expect(toImageFormat(Buffer.from(text, 'latin1'))).toBeUndefined();
  });
});

describe('isWholeFile', () => {
  it('a JPEG whose end marker is gone is not whole, even if its thumbnail has one', () => {
    const thumbnail = '\xff\xda\x11\xff\xd9';
    expect(isWholeFile(Buffer.from(`\xff\xd8${thumbnail}\xff\xda\x22\x33`, 'latin1'), 'jpeg')).toBe(false);
    expect(isWholeFile(Buffer.from(`\xff\xd8${thumbnail}\xff\xda\x22\x33\xff\xd9`, 'latin1'), 'jpeg')).toBe(
      true,
    );
  });

  it('what follows the end of a file is no matter', async () => {
    const trailer = Buffer.alloc(300);
    expect(isWholeFile(Buffer.concat([await picture().jpeg().toBuffer(), trailer]), 'jpeg')).toBe(true);
    expect(isWholeFile(Buffer.concat([await picture().png().toBuffer(), trailer]), 'png')).toBe(true);
  });

  it('a PNG without its whole last chunk is not whole', async () => {
    const bytes = await picture().png().toBuffer();
    expect(isWholeFile(bytes.subarray(0, -1), 'png')).toBe(false);
    expect(isWholeFile(bytes.subarray(0, -12), 'png')).toBe(false);
  });
});

describe('describeBytes', () => {
  it.each([
    ['empty', ''],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['SVG', '\xef\xbb\xbf<?xml version="1.0"?>\n<!-- drawn by hand -->\n<SVG width="1">'],
    ['HTML', '\r\n<!DOCTYPE html><title>Not found</title>'],
    ['XML', '<?xml version="1.0"?><error/>'],
    ['PDF', '%PDF-1.7'],
    ['BMP', 'BM\x36\0\0\0'],
    ['TIFF', 'MM\0*'],
    ['HEIC or AVIF', '\0\0\0\x1cftypheic'],
    ['HEIC or AVIF', '\0\0\0\x1cftypavif'],
    ['a web address', 'https://intranet.example/photos/ann.jpg'],
    ['base64 text', '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAUDBAQEAwUEBAQFBQUGBwwIBwcHBw8LCwkM'],
    ['unknown', '\0'.repeat(100)],
    ['unknown', 'Ann'],
  ])('%s is recognised', (description, text) => {
    expect(describeBytes(Buffer.from(text, 'latin1'))).toBe(description);
  });
});
