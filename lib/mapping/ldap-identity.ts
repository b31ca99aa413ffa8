import type { UserRecord } from '../../models/user.js';
import type { DirectoryEntry } from '../directory/directory.js';
import { isAttributeName } from '../directory/filter/search-filter.js';
import { isSecretAttribute } from '../directory/secret-attributes.js';

/** The immutable identity of an entry, as Rocket.Chat stores it in `services.ldap`. */
export interface LdapIdentity {
  /** Lower-case hex of the raw bytes. */
  readonly id: string;
  /** The attribute it came from, in the server's case. */
  readonly idAttribute: string;
  /** Where the attribute has several values: the others. A user who is linked by one of them stays so. */
  readonly otherIds?: readonly string[];
  /**
   * The values of further attributes that users are linked by. The user of the entry may be linked by one of
   * them.
   */
  readonly formers?: readonly LdapIdentity[];
  /** The one of {@link formers} that the user is still linked by. */
  readonly former?: LdapIdentity | undefined;
}

export const MAX_ID_BYTES = 256;
const MAX_OTHER_IDS = 16;

/**
 * The first candidate attribute with a non-empty value is the identity. Of several values the smallest
 * counts, since a server may send them in any order. An absurdly long value is no identity; neither is one of
 * more values than are read.
 */
export function identifyEntry(
  entry: DirectoryEntry,
  candidates: readonly string[],
): LdapIdentity | undefined {
  for (const candidate of candidates) {
    const attribute = entry.attributes.get(candidate.toLowerCase());
    // The smallest value may be among those that were left out, and another attribute would make another
    // person.
    if (attribute?.droppedValues !== undefined) return undefined;
    const values = attribute?.values.filter(({ length }) => length > 0 && length <= MAX_ID_BYTES) ?? [];
    const [value, ...others] = values.length > 1 ? values.sort(Buffer.compare) : values;
    if (!attribute || !value) continue;
    const identity = { id: value.toString('hex'), idAttribute: attribute.name };
    if (others.length === 0) return identity;
    return { ...identity, otherIds: others.slice(0, MAX_OTHER_IDS).map((other) => other.toString('hex')) };
  }
  return undefined;
}

/**
 * The identity that a user is linked by; `undefined` for a user who is not linked, and for a stored identity that
 * {@link identifyEntry} cannot have given and no look-up can find: the engine stores and compares ids in lower case.
 */
export function toLdapIdentity({ services }: Pick<UserRecord, 'services'>): LdapIdentity | undefined {
  const { id, idAttribute }: { readonly id?: unknown; readonly idAttribute?: unknown } = services?.ldap ?? {};
  if (!isHexId(id) || typeof idAttribute !== 'string') return undefined;
  if (!isAttributeName(idAttribute) || isSecretAttribute(idAttribute)) return undefined;
  return { id, idAttribute };
}

/** The id as it is stored, whatever it is; `''` when there is none. */
export function storedIdOf({ services }: Pick<UserRecord, 'services'>): string {
  return services?.ldap?.id ?? '';
}

/** Whether a stored id is one that {@link identifyEntry} could have given. */
export function isHexId(id: unknown): id is string {
  return typeof id === 'string' && /^(?:[0-9a-f]{2})+$/.test(id);
}

/** Attributes that people choose or change; as an identity they lose the account at the first rename. */
const MUTABLE = new Set(['uid', 'cn', 'mail', 'samaccountname', 'userprincipalname', 'displayname']);

export function isMutableIdAttribute(idAttribute: string): boolean {
  return MUTABLE.has(idAttribute.toLowerCase());
}

/** Every value of the attribute: a user who is linked by one of them stays so. */
export function toIds({ id, otherIds = [] }: LdapIdentity): readonly string[] {
  return [id, ...otherIds];
}

/** Every id that a user may be linked by, those of other attributes among them. */
export function toAllIds(identity: LdapIdentity): readonly string[] {
  return [...toIds(identity), ...(identity.formers ?? []).map(({ id }) => id)];
}
