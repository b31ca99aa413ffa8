import ldapjs from 'ldapjs';

export interface StoredAttribute {
  readonly name: string;
  readonly values: readonly Buffer[];
  /** Sent only when it is asked for by name or by `+` (RFC 3673). */
  readonly operational: boolean;
}

/** An entry as the directory keeps it. Attribute names may be anything, so they live in a `Map`. */
export interface StoredEntry {
  /** As it is sent. */
  readonly dn: string;
  readonly key: string;
  /** Of the entry it hangs under; `undefined` at the top. */
  readonly parentKey: string | undefined;
  /** By lower-cased name. */
  readonly attributes: ReadonlyMap<string, StoredAttribute>;
}

export type AttributeValues = string | Buffer | readonly (string | Buffer)[] | undefined;

/** DNs that mean the same have the same key. Throws for a text that is no DN. */
export function toDNKey(dn: string): string {
  return toKey(ldapjs.parseDN(dn));
}

function toKey(dn: object): string {
  return (dn as { toString(): string }).toString().toLowerCase();
}

/** Makes an entry; attributes without a value are left out. */
export function createEntry(
  dn: string,
  attributes: Iterable<readonly [name: string, values: AttributeValues]>,
  operational: Iterable<readonly [name: string, values: AttributeValues]> = [],
): StoredEntry {
  const parent: object | null | undefined = ldapjs.parseDN(dn).parent();
  const stored = new Map<string, StoredAttribute>();
  for (const [isOperational, list] of [
    [false, attributes],
    [true, operational],
    [true, dn === '' ? [] : [['entryDN', dn] as const]],
  ] as const) {
    for (const [name, values] of list) {
      const buffers = toBuffers(values);
      if (buffers.length > 0)
        stored.set(name.toLowerCase(), { name, values: buffers, operational: isOperational });
    }
  }
  return { dn, key: toDNKey(dn), parentKey: parent ? toKey(parent) : undefined, attributes: stored };
}

function toBuffers(values: AttributeValues): readonly Buffer[] {
  if (values === undefined) return [];
  const list = typeof values === 'string' || Buffer.isBuffer(values) ? [values] : values;
  return list.map((value) => Buffer.from(value as string));
}
