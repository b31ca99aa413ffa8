import sharp from 'sharp';
import { describeBytes, toImageFormat } from '../../../lib/sync/avatars/image-format.js';

const picture = () => sharp({ create: { width: 24, height: 16, channels: 3, background: '#3a7' } });

describe('toImageFormat', () => {
  it.each([
    ['jpeg', () => picture().jpeg().toBuffer()],
    ['png', () => picture().png().toBuffer()],
    ['gif', () => picture().gif().toBuffer()],
    ['webp', () => picture().webp().toBuffer()],
  ] as const)('a %s is known by its first bytes', async (format, encode) => {
    expect(toImageFormat(await encode())).toBe(format);
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
