/** Tags of the ASN.1 strings that attribute values are written in: OCTET STRING, UTF8String and their kin. */
const STRING_TAGS: ReadonlySet<number> = new Set([0x04, 0x0c, 0x12, 0x13, 0x14, 0x16, 0x1a]);

/**
 * A value of a DN that is written as the hex of its BER (`#0c024142`, RFC 4514 §2.4): its text, or the hex
 * itself where it is no string. `undefined`: no hex.
 */
export function decodeHexValue(hex: string): string | undefined {
  if (!/^(?:[0-9a-fA-F]{2})+$/.test(hex)) return undefined;
  const [tag = 0, length = 0, ...rest] = Buffer.from(hex, 'hex');
  const isString = STRING_TAGS.has(tag) && length < 0x80 && length === rest.length;
  return isString ? Buffer.from(rest).toString('utf8') : `#${hex}`;
}
