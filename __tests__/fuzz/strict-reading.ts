/** A reader of its own, slow and strict: each value ends where what holds it ends. */

interface Value {
  readonly tag: number;
  readonly bytes: Buffer;
}

/** The values that fill these bytes exactly; `undefined` when they do not. */
function split(bytes: Buffer): Value[] | undefined {
  const values: Value[] = [];
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at + 1];
    if (first === undefined) return undefined;
    const count = first < 0x80 ? 0 : first & 0x7f;
    const start = at + 2 + count;
    if ((first >= 0x80 && (count === 0 || count > 4)) || start > bytes.length) return undefined;
    const length = count === 0 ? first : bytes.readUIntBE(at + 2, count);
    if (start + length > bytes.length) return undefined;
    values.push({ tag: bytes[at] as number, bytes: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return values;
}

function splitAs(value: Value | undefined, tag: number): Value[] | undefined {
  return value?.tag === tag ? split(value.bytes) : undefined;
}

export interface StrictEntry {
  readonly dn: string;
  readonly attributes: readonly { readonly name: string; readonly values: readonly Buffer[] }[];
  /** The message without its controls. */
  readonly plain: Buffer;
}

/**
 * The entry in a message that is nothing else and right to the last byte; `undefined` for any other bytes.
 */
export function readStrictly(message: Buffer): StrictEntry | undefined {
  const outer = split(message);
  const parts = outer?.length === 1 ? splitAs(outer[0], 0x30) : undefined;
  const [id, operation, ...controls] = parts ?? [];
  if (!id || !operation || controls.length > 1 || !isId(id)) return undefined;
  const [dn, list, ...rest] = splitAs(operation, 0x64) ?? [];
  const attributes = splitAs(list, 0x30)?.map(readAttribute);
  if (dn?.tag !== 0x04 || rest.length > 0 || !attributes?.every((found) => found !== undefined))
    return undefined;
  return { dn: dn.bytes.toString(), attributes, plain: wrap(id, operation) };
}

function isId({ tag, bytes }: Value): boolean {
  return tag === 0x02 && bytes.length > 0 && bytes.length <= 4;
}

function readAttribute(value: Value): StrictEntry['attributes'][number] | undefined {
  const [name, set, ...rest] = splitAs(value, 0x30) ?? [];
  const values = splitAs(set, 0x31);
  if (name?.tag !== 0x04 || rest.length > 0 || !values?.every(({ tag }) => tag === 0x04)) return undefined;
  return { name: name.bytes.toString('latin1'), values: values.map(({ bytes }) => bytes) };
}

function wrap(...values: readonly Value[]): Buffer {
  const parts = values.map(({ tag, bytes }) => Buffer.concat([toHeader(tag, bytes.length), bytes]));
  const body = Buffer.concat(parts);
  return Buffer.concat([toHeader(0x30, body.length), body]);
}

function toHeader(tag: number, length: number): Buffer {
  const header = Buffer.from([tag, 0x84, 0, 0, 0, 0]);
  header.writeUInt32BE(length, 2);
  return header;
}
