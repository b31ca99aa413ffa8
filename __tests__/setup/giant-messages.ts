import { message, octets, tlv } from '../directory/ldap-messages.js';

/** Large messages made of small parts, as a hostile server sends them. */

/** So many copies of the same bytes. */
export function repeat(part: Buffer, count: number): Buffer {
  return Buffer.alloc(part.length * count, part);
}

const EMPTY_VALUE = Buffer.from('0400', 'hex');

/** An attribute with so many empty values: two bytes each on the wire. */
export function emptyValues(name: string, count: number): Buffer {
  return tlv(0x30, octets(name), tlv(0x31, repeat(EMPTY_VALUE, count)));
}

export function attribute(name: string | Buffer, ...values: readonly Buffer[]): Buffer {
  return tlv(0x30, octets(name), tlv(0x31, ...values.map(octets)));
}

/** So many attributes, each with another name. */
export function manyAttributes(
  count: number,
  toName: (index: number) => string,
  ...values: Buffer[]
): Buffer {
  return Buffer.concat(Array.from({ length: count }, (_, index) => attribute(toName(index), ...values)));
}

/** An entry of attributes that are there as bytes; what follows the operation are its controls. */
export function rawEntry(
  id: number,
  dn: string | Buffer,
  attributes: readonly Buffer[],
  ...controls: readonly Buffer[]
): Buffer {
  return message(id, tlv(0x64, octets(dn), tlv(0x30, ...attributes)), ...controls);
}

/** Sequences in sequences, so deep. */
export function nested(depth: number): Buffer {
  const bytes = Buffer.alloc(depth * 6);
  for (let level = 0; level < depth; level += 1) {
    bytes.writeUInt16BE(0x3084, level * 6);
    bytes.writeUInt32BE((depth - level - 1) * 6, level * 6 + 2);
  }
  return bytes;
}
