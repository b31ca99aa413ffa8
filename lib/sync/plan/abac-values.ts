/** The attributes of one key, as Rocket.Chat stores them. */
export interface AbacRecord {
  readonly key: string;
  readonly values: readonly string[];
}

/** By key. */
export type Values = ReadonlyMap<string, readonly string[]>;

/** Each value once. */
export function union(values: readonly string[], others: readonly string[]): readonly string[] {
  return [...new Set([...values, ...others])];
}

export function toRecords(values: Values): readonly AbacRecord[] {
  return [...values].flatMap(([key, own]) => (own.length > 0 ? [{ key, values: own }] : []));
}

/** By key; what cannot be read, counts for nothing. Pure. */
export function toValues(attributes: unknown): Values {
  const byKey = new Map<string, readonly string[]>();
  for (const item of toList(attributes)) {
    const key = keyOf(item);
    if (key !== undefined) byKey.set(key, union(byKey.get(key) ?? [], textsOf(item)));
  }
  return byKey;
}

/** Whether something stands there that is no list. */
export function isAbacTaken(stored: unknown): boolean {
  return stored !== undefined && stored !== null && !Array.isArray(stored);
}

export function toList(attributes: unknown): readonly unknown[] {
  return Array.isArray(attributes) ? (attributes as readonly unknown[]) : [];
}

/** A host's document may hold anything. */
export function keyOf(item: unknown): string | undefined {
  const { key } = (item ?? {}) as { readonly key?: unknown };
  return typeof key === 'string' ? key : undefined;
}

function textsOf(item: unknown): readonly string[] {
  return toList((item as { readonly values?: unknown }).values).filter((value) => typeof value === 'string');
}

/** Whether all of it can be read. */
function isRecord(item: unknown): boolean {
  const { values } = (item ?? {}) as { readonly values?: unknown };
  return keyOf(item) !== undefined && Array.isArray(values) && textsOf(item).length === values.length;
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
