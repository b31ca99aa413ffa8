export type ImageFormat = 'jpeg' | 'png' | 'gif' | 'webp';

/**
 * The format by the first bytes; `undefined` for everything that is not one of the four. Names and types play
 * no part.
 */
export function toImageFormat(bytes: Buffer): ImageFormat | undefined {
  if (startsWith(bytes, '\xff\xd8\xff')) return 'jpeg';
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n')) return 'png';
  if (startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a')) return 'gif';
  if (startsWith(bytes, 'RIFF') && bytes.toString('latin1', 8, 12) === 'WEBP') return 'webp';
  return undefined;
}

export type ByteDescription =
  | 'empty'
  | 'SVG'
  | 'HTML'
  | 'XML'
  | 'PDF'
  | 'BMP'
  | 'TIFF'
  | 'HEIC or AVIF'
  | 'a web address'
  | 'base64 text'
  | 'unknown';

/** Far enough to get past an XML declaration, comments and a doctype. */
const TEXT_PROBE_LENGTH = 1_024;

/** What bytes that are none of the four formats seem to be. For messages only, never for a decision. */
export function describeBytes(bytes: Buffer): ByteDescription {
  if (bytes.length === 0) return 'empty';
  if (startsWith(bytes, '%PDF-')) return 'PDF';
  if (startsWith(bytes, 'BM')) return 'BMP';
  if (startsWith(bytes, 'II*\0') || startsWith(bytes, 'MM\0*')) return 'TIFF';
  if (/^ftyp(hei|hev|mif1|msf1|avi)/.test(bytes.toString('latin1', 4, 12))) return 'HEIC or AVIF';
  return describeText(
    bytes
      .toString('latin1', 0, TEXT_PROBE_LENGTH)
      .replace(/^\xef\xbb\xbf/, '')
      .trimStart(),
  );
}

function describeText(start: string): ByteDescription {
  if (/<svg[\s>]/i.test(start)) return 'SVG';
  if (/^(<!doctype html|<html|<head|<body)/i.test(start)) return 'HTML';
  if (start.startsWith('<?xml')) return 'XML';
  if (/^https?:\/\//i.test(start)) return 'a web address';
  if (/^(data:image\/[a-z+]+;base64,)?[A-Za-z0-9+/\r\n]{64,}={0,2}\s*$/.test(start)) return 'base64 text';
  return 'unknown';
}

function startsWith(bytes: Buffer, signature: string): boolean {
  return bytes.toString('latin1', 0, signature.length) === signature;
}
