import type { DirectoryEntry, EntryAttribute } from '../directory/directory.js';
import { isTagged } from '../mapping/find-attribute.js';
import type { NamedAttributes } from '../settings/named-attributes.js';

/** How many entries have the attributes that settings name. It keeps numbers, and no entry. */
export interface Census {
  readonly entries: number;
  add(entry: DirectoryEntry): void;
  /** How many have this attribute: one of those that are counted, in any case. */
  having(attribute: string): number;
  /** How many have at least one of the attributes of this setting. */
  havingAny(named: NamedAttributes): number;
}

interface CensusOptions {
  readonly named: readonly NamedAttributes[];
  /** Further attributes to count. */
  readonly others?: readonly string[];
  /** The entries come without values, by their names alone. */
  readonly isNamesOnly?: boolean;
}

export function createCensus({ named, others = [], isNamesOnly = false }: CensusOptions): Census {
  const keys = [...new Set([...named.flatMap(({ attributes }) => attributes), ...others].map(fold))];
  const single = new Map(keys.map((key) => [key, 0]));
  const any = new Map(named.map((one) => [one, 0]));
  const keysOf = new Map(named.map((one) => [one, one.attributes.map(fold)]));
  let entries = 0;

  function isPresent(attribute: EntryAttribute | undefined): boolean {
    if (!attribute) return false;
    const { values, droppedBytes, droppedValues } = attribute;
    if (isNamesOnly || droppedBytes !== undefined || droppedValues !== undefined) return true;
    return values.some(({ length }) => length > 0);
  }

  function has({ attributes }: DirectoryEntry, key: string): boolean {
    if (isPresent(attributes.get(key))) return true;
    for (const [other, attribute] of attributes)
      if (isTagged(other, key) && isPresent(attribute)) return true;
    return false;
  }

  return {
    get entries() {
      return entries;
    },
    add(entry) {
      entries += 1;
      const present = new Set(keys.filter((key) => has(entry, key)));
      for (const key of present) single.set(key, (single.get(key) ?? 0) + 1);
      for (const [one, itsKeys] of keysOf)
        if (itsKeys.some((key) => present.has(key))) any.set(one, (any.get(one) ?? 0) + 1);
    },
    having: (attribute) => single.get(fold(attribute)) ?? 0,
    havingAny: (one) => any.get(one) ?? 0,
  };
}

function fold(name: string): string {
  return name.toLowerCase();
}
