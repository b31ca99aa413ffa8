import type { AbacAttribute } from '../../settings/abac/abac-attribute.js';
import { isAbacTaken, keyOf, toList, toRecords, toValues, union, type Values } from './abac-values.js';
import type { FieldDifference, FieldRules } from './field-rules.js';

/** Where a user has the attributes that decide who may be in which room. */
export const ABAC_FIELD = 'abacAttributes';

/** What of the field can be lost while others keep theirs: the values of one key. */
export type AbacKeyPath = `${typeof ABAC_FIELD}.${string}`;

const MAP = 'LDAP_ABAC_AttributeMap';
const BY = { ad: MAP, other: MAP } as const;

/** The ABAC attributes of users as a managed field. */
export const ABAC_RULES: FieldRules = {
  mapped: {
    part: 'abac',
    by: BY,
    loss: {
      what: 'ABAC attributes',
      isFilled: ({ abac }) => [...(abac?.values() ?? [])].some(({ length }) => length > 0),
    },
  },
  wanted: ({ abac }) => abac,
  stored: ({ abacAttributes }) => abacAttributes,
  merge: { kind: 'own', toDifference: (wanted, stored) => toAbacDifference(wanted as Values, stored) },
  ofNewUser: ({ person: { abac } }) => (abac ? toField(toRecords(abac)) : undefined),
  isTold: true,
};

/** Each key is lost by itself: while nobody has a value of it, nobody loses theirs without an approval. */
export function toLosableKeys(abac: readonly AbacAttribute[]) {
  return abac.map(({ key }) => ({
    field: toKeyPath(key),
    by: BY,
    loss: {
      what: `ABAC attribute ${key}`,
      isFilled: ({ abac: had }: { readonly abac?: Values | undefined }) => (had?.get(key) ?? []).length > 0,
    },
  }));
}

function toKeyPath(key: string): AbacKeyPath {
  return `${ABAC_FIELD}.${key}`;
}

/** The keys of which a value is lost, each as a field of its own. Pure. */
export function toLostKeys(from: unknown, to: unknown): readonly AbacKeyPath[] {
  const [before, after] = [toValues(from), toValues(to)];
  return [...before].flatMap(([key, values]) =>
    values.every((value) => after.get(key)?.includes(value)) ? [] : [toKeyPath(key)],
  );
}

/**
 * What is written at once, with everything that is stored, and what would be left after the losses. Keys that the
 * entry says nothing of come first, and stay as they are; then those of the map in its order. Pure.
 */
function toAbacDifference(wanted: Values, stored: unknown): FieldDifference {
  if (isAbacTaken(stored)) return {};
  const before = toValues(stored);
  const others = toList(stored).filter((item) => !wanted.has(keyOf(item) ?? ''));
  const kept = new Map([...wanted].map(([key, values]) => [key, union(values, before.get(key) ?? [])]));
  const gains = [...wanted].some(([key, values]) => values.length > values.filter(isOf(before, key)).length);
  const loses = [...kept].some(([key, { length }]) => length > (wanted.get(key) ?? []).length);
  return {
    ...(gains ? { set: [...others, ...toRecords(kept)] } : {}),
    ...(loses ? { clear: { to: toField([...others, ...toRecords(wanted)]) } } : {}),
  };
}

function isOf(values: Values, key: string): (value: string) => boolean {
  return (value) => values.get(key)?.includes(value) === true;
}

/** Nothing left is no field. */
function toField<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
