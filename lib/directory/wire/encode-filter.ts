import type { SearchFilter } from '../filter/search-filter.js';

/** BER tags of a filter (RFC 4511 §4.5.1). */
const TAG = {
  and: 0xa0,
  or: 0xa1,
  not: 0xa2,
  equal: 0xa3,
  substring: 0xa4,
  greaterOrEqual: 0xa5,
  lessOrEqual: 0xa6,
  present: 0x87,
  approx: 0xa8,
  extensible: 0xa9,
} as const;

const OCTET_STRING = 0x04;
const SEQUENCE = 0x30;

/**
 * The bytes of a filter. ldapjs is not asked to write filters: it sends escapes as they stand and damages
 * values beside a wildcard.
 */
export function encodeFilter(filter: SearchFilter): Buffer {
  switch (filter.type) {
    case 'and':
    case 'or':
      return tlv(TAG[filter.type], ...filter.filters.map(encodeFilter));
    case 'not':
      return tlv(TAG.not, encodeFilter(filter.filter));
    case 'present':
      return tlv(TAG.present, Buffer.from(filter.attribute));
    case 'substring':
      return tlv(
        TAG.substring,
        text(filter.attribute),
        tlv(
          SEQUENCE,
          ...(filter.initial ? [tlv(0x80, filter.initial)] : []),
          ...filter.any.map((part) => tlv(0x81, part)),
          ...(filter.final ? [tlv(0x82, filter.final)] : []),
        ),
      );
    case 'extensible':
      return tlv(
        TAG.extensible,
        ...(filter.rule === undefined ? [] : [tlv(0x81, Buffer.from(filter.rule))]),
        ...(filter.attribute === undefined ? [] : [tlv(0x82, Buffer.from(filter.attribute))]),
        tlv(0x83, filter.value),
        ...(filter.dnAttributes ? [tlv(0x84, Buffer.from([0xff]))] : []),
      );
    default:
      return tlv(TAG[filter.type], text(filter.attribute), tlv(OCTET_STRING, filter.value));
  }
}

function text(value: string): Buffer {
  return tlv(OCTET_STRING, Buffer.from(value));
}

function tlv(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), encodeLength(body.length), body]);
}

function encodeLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}
