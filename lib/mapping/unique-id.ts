import type { DirectoryEntry } from '../directory/directory.js';

/** The immutable identity of an entry, as Rocket.Chat stores it in `services.ldap`. */
export interface UniqueId {
  /** Lower-case hex of the raw bytes. */
  readonly id: string;
  /** The attribute it came from, in the server's case. */
  readonly idAttribute: string;
}

const MAX_ID_BYTES = 256;

/**
 * The first candidate attribute with a non-empty value is the identity. Of several values the smallest
 * counts, since a server may send them in any order. An absurdly long value is no identity; neither is one of
 * more values than are read.
 */
export function toUniqueId(entry: DirectoryEntry, candidates: readonly string[]): UniqueId | undefined {
  for (const candidate of candidates) {
    const attribute = entry.attributes.get(candidate.toLowerCase());
    // The smallest value may be among those that were left out, and another attribute would make another
    // person.
    if (attribute?.droppedValues !== undefined) return undefined;
    const value = attribute?.values
      .filter(({ length }) => length > 0 && length <= MAX_ID_BYTES)
      .sort(Buffer.compare)[0];
    if (attribute && value) return { id: value.toString('hex'), idAttribute: attribute.name };
  }
  return undefined;
}

/** Whether a stored id is one that {@link toUniqueId} could have given. */
export function isHexId(id: unknown): id is string {
  return typeof id === 'string' && /^(?:[0-9a-f]{2})+$/.test(id);
}

/** Attributes that people choose or change; as an identity they lose the account at the first rename. */
const MUTABLE = new Set(['uid', 'cn', 'mail', 'samaccountname', 'userprincipalname', 'displayname']);

export function isMutableIdAttribute(idAttribute: string): boolean {
  return MUTABLE.has(idAttribute.toLowerCase());
}
