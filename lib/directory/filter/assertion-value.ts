import { FilterSyntaxError } from './filter-syntax-error.js';

const HEX_PAIR = /^[0-9a-fA-F]{2}$/;

/**
 * The bytes of an assertion value (RFC 4515): `\xx` is one byte, everything else UTF-8. Throws {@link
 * FilterSyntaxError} with a position counted from `offset`.
 */
export function parseAssertionValue(value: string, offset: number): Buffer {
  if (!value.includes('\\')) return Buffer.from(value);
  const parts = value.split('\\');
  const bytes = [Buffer.from(parts[0] ?? '')];
  let at = offset + (parts[0] ?? '').length;
  for (const part of parts.slice(1)) {
    const pair = part.slice(0, 2);
    if (!HEX_PAIR.test(pair))
      throw new FilterSyntaxError('A backslash must be followed by two hex digits (\\5c is a backslash)', at);
    bytes.push(Buffer.from(pair, 'hex'), Buffer.from(part.slice(2)));
    at += part.length + 1;
  }
  return Buffer.concat(bytes);
}
