import type { Advice } from '../advice.js';
import type { DirectoryEntry } from '../directory/directory.js';
import type { AbacAttribute } from '../settings/abac/abac-attribute.js';
import { toTexts, UnusableAttributeError } from './attribute-text.js';

/** What an entry says of the attributes that decide who may be in which room. */
export interface PersonAbac {
  /** By key, in the order of the map; `[]`: none. A key of which the entry says nothing that can be used is absent. */
  readonly abac?: ReadonlyMap<string, readonly string[]> | undefined;
  /** Why a key of the entry cannot be used. */
  readonly abacRemarks?: ReadonlyMap<string, Advice> | undefined;
}

const NOTHING: PersonAbac = {};
const MAX_VALUES = 64;
const MAX_LENGTH = 256;
/** Characters of all values of a key: rows of the history keep them all. */
const MAX_TOGETHER = 4_096;

/** Reads the ABAC attributes of an entry. What cannot be used costs its own key only, which stays as it is. Pure. */
export function readAbac(entry: DirectoryEntry, attributes: readonly AbacAttribute[] = []): PersonAbac {
  if (attributes.length === 0) return NOTHING;
  const abac = new Map<string, readonly string[]>();
  const abacRemarks = new Map<string, Advice>();
  for (const attribute of attributes) {
    const read = readValues(entry, attribute);
    if ('code' in read) abacRemarks.set(attribute.key, read);
    else abac.set(attribute.key, read);
  }
  return { abac, abacRemarks };
}

function readValues(entry: DirectoryEntry, { key, attributes }: AbacAttribute): readonly string[] | Advice {
  try {
    // As an address: nothing within a value is mended, since rooms compare it character by character.
    const texts = attributes.flatMap((attribute) => toTexts(entry, attribute, 'address'));
    const values = [...new Set(texts)];
    const fault = findFault(values);
    return fault === undefined ? values : toNotAllowed(key, fault);
  } catch (error) {
    if (error instanceof UnusableAttributeError) return toUnusable(key, error.advice);
    throw error;
  }
}

function findFault(values: readonly string[]): string | undefined {
  if (values.length > MAX_VALUES) return `there are ${values.length} values, more than ${MAX_VALUES}`;
  const together = values.reduce((sum, { length }) => sum + length, 0);
  if (together > MAX_TOGETHER) return `the values are longer than ${MAX_TOGETHER} characters together`;
  const long = values.find(({ length }) => length > MAX_LENGTH);
  return long === undefined
    ? undefined
    : `${JSON.stringify(long.slice(0, 60))} and so on is longer than ${MAX_LENGTH} characters`;
}

function toNotAllowed(key: string, why: string): Advice {
  return {
    code: 'abac-attribute-unusable',
    params: { key, why },
    reason: `The ABAC attribute ${key} stays as it is: ${why}.`,
    remedy: 'Correct the entry, or name another attribute in LDAP_ABAC_AttributeMap.',
  };
}

function toUnusable(key: string, { reason }: Advice): Advice {
  return toNotAllowed(key, reason.replace(/\.$/, ''));
}
