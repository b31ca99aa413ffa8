import type { DirectoryEntry } from '../directory/directory.js';
import { isAttributeName } from '../directory/filter/search-filter.js';
import { isSecretAttribute } from '../directory/secret-attributes.js';
import type { MappingSettings } from '../settings/sync-settings.js';
import { MAX_ID_BYTES, type LdapIdentity } from './ldap-identity.js';

/** A directory has one id, or two after a change; a database may hold anything. */
const MAX_ATTRIBUTES = 8;
const MAX_VALUES = 16;

/**
 * Which of the attributes that users are linked by may link somebody who has another id by now. The first of
 * the settings never does: an entry that has it is identified by it.
 */
export function toFormerIdAttributes(
  stored: readonly unknown[],
  { idAttributes }: Pick<MappingSettings, 'idAttributes'>,
): readonly string[] {
  const [first = ''] = idAttributes;
  const byKey = new Map<string, string>();
  for (const name of stored)
    if (typeof name === 'string' && isAttributeName(name) && !isSecretAttribute(name))
      byKey.set(name.toLowerCase(), name);
  byKey.delete(first.toLowerCase());
  return [...byKey.values()].slice(0, MAX_ATTRIBUTES);
}

/** The identity with everything else that the user of the entry may be linked by. */
export function withFormers(
  identity: LdapIdentity,
  entry: DirectoryEntry,
  { formerIdAttributes = [] }: Pick<MappingSettings, 'formerIdAttributes'>,
): LdapIdentity {
  const formers = formerIdAttributes
    .filter((name) => name.toLowerCase() !== identity.idAttribute.toLowerCase())
    .flatMap((name) => readIds(entry, name));
  return formers.length === 0 ? identity : { ...identity, formers };
}

/** Of an attribute with more values than are read nothing is known. */
function readIds({ attributes }: DirectoryEntry, name: string): readonly LdapIdentity[] {
  const attribute = attributes.get(name.toLowerCase());
  if (!attribute || attribute.droppedValues !== undefined) return [];
  return attribute.values
    .filter(({ length }) => length > 0 && length <= MAX_ID_BYTES)
    .slice(0, MAX_VALUES)
    .map((value) => ({ id: value.toString('hex'), idAttribute: attribute.name }));
}
