import type { AbacAttribute } from '../../settings/abac/abac-attribute.js';
import type { FieldDifference, FieldRules } from './field-rules.js';

/** Where a user has the attributes that decide who may be in which room. */
export const ABAC_FIELD = 'abacAttributes';

/** What of the field can be lost while others keep theirs: the values of one key. */
export type AbacKeyPath = `${typeof ABAC_FIELD}.${string}`;

const MAP = 'LDAP_ABAC_AttributeMap';
const BY = { ad: MAP, other: MAP } as const;

/** The attributes of one key, as Rocket.Chat stores them. */
export interface AbacRecord {
  readonly key: string;
  readonly values: readonly string[];
}

type Values = ReadonlyMap<string, readonly string[]>;

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
  const others = toList(stored).filter((item) => !isRecord(item) || !wanted.has(item.key));
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

function union(values: readonly string[], others: readonly string[]): readonly string[] {
  return [...new Set([...values, ...others])];
}

export function toRecords(values: Values): readonly AbacRecord[] {
  return [...values].flatMap(([key, own]) => (own.length > 0 ? [{ key, values: own }] : []));
}

/** Nothing left is no field. */
function toField<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}

/** By key; what cannot be read, counts for nothing. Pure. */
export function toValues(attributes: unknown): Values {
  const byKey = new Map<string, readonly string[]>();
  for (const item of toList(attributes))
    if (isRecord(item)) byKey.set(item.key, union(byKey.get(item.key) ?? [], item.values));
  return byKey;
}

/** Whether something stands there that is no list. */
export function isAbacTaken(stored: unknown): boolean {
  return stored !== undefined && stored !== null && !Array.isArray(stored);
}

function toList(attributes: unknown): readonly unknown[] {
  return Array.isArray(attributes) ? (attributes as readonly unknown[]) : [];
}

/** A host's document may hold anything. */
function isRecord(item: unknown): item is AbacRecord {
  const { key, values } = (item ?? {}) as Partial<Record<keyof AbacRecord, unknown>>;
  return (
    typeof key === 'string' && Array.isArray(values) && values.every((value) => typeof value === 'string')
  );
}

/** What has changed, by key, as the audit tells it: the new values, or the old ones of a key that is gone. Pure. */
export function toAbacDiff(before: unknown, after: unknown): readonly AbacRecord[] {
  const [old, now] = [toValues(before), toValues(after)];
  const isSame = (key: string, values: readonly string[]): boolean => {
    const others = old.get(key);
    return others?.length === values.length && values.every((value) => others.includes(value));
  };
  const changed = [...now].filter(([key, values]) => !isSame(key, values));
  const gone = [...old].filter(([key]) => !now.has(key));
  return [...changed, ...gone].map(([key, values]) => ({ key, values }));
}

/** Whether whoever has these attributes may be in a room: all values of all its keys. What cannot be read is not met. */
export function isAllowedBy(attributes: unknown, room: unknown): boolean {
  if (!toList(room).every(isRecord)) return false;
  const own = toValues(attributes);
  return [...toValues(room)].every(([key, values]) => values.every((value) => own.get(key)?.includes(value)));
}
