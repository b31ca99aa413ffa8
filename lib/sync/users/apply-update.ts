import { isDeepStrictEqual } from 'node:util';
import { UNFINISHED_WORK, type UserRecord } from '../../../models/user.js';
import type { UserUpdate } from './user-store.js';

type Fields = Readonly<Record<string, unknown>>;

/** A user as the update leaves it. Pure: what the database does with `set`, `unset` and `add`. */
export function toUpdated(user: UserRecord, { set, unset = [], add = {} }: UserUpdate): UserRecord {
  let fields = user as unknown as Fields;
  for (const [path, value] of Object.entries(set)) fields = withValue(fields, path.split('.'), () => value);
  for (const path of unset) fields = withValue(fields, path.split('.'), () => undefined);
  for (const [path, value] of Object.entries(add))
    fields = withValue(fields, path.split('.'), (list) => withItem(Array.isArray(list) ? list : [], value));
  return fields as unknown as UserRecord;
}

function withValue(
  fields: Fields,
  [name = '', ...rest]: readonly string[],
  toValue: (before: unknown) => unknown,
): Fields {
  const before = Object.hasOwn(fields, name) ? fields[name] : undefined;
  const after = rest.length === 0 ? toValue(before) : withValue((before ?? {}) as Fields, rest, toValue);
  // Taking something away brings no document around it into being.
  const isVoid = rest.length > 0 && before === undefined && Object.keys(after as Fields).length === 0;
  if (isVoid) return fields;
  const others = Object.entries(fields).filter(([field]) => field !== name);
  return Object.fromEntries(after === undefined ? others : [...others, [name, after]]);
}

function withItem(list: readonly unknown[], item: unknown): readonly unknown[] {
  return list.includes(item) ? list : [...list, item];
}

/**
 * The same update, that lists the marks which stand at the user afterwards (`ldapSync.unfinished`), and removes
 * `ldapSync` where nothing of it is left. A host's document may hold anything there; what is no document of ours stays.
 */
export function tidied(user: UserRecord, update: UserUpdate): UserUpdate {
  const { ldapSync } = toUpdated(user, update) as { readonly ldapSync?: unknown };
  if (typeof ldapSync !== 'object' || ldapSync === null || Array.isArray(ldapSync)) return update;
  const { unfinished: listed, ...marks } = ldapSync as Fields;
  const { set, unset = [] } = update;
  if (Object.keys(marks).length === 0)
    return { ...update, unset: [...unset.filter((path) => !path.startsWith('ldapSync.')), 'ldapSync'] };
  const unfinished = UNFINISHED_WORK.filter((work) => work in marks);
  if (unfinished.length === 0)
    return listed === undefined ? update : { ...update, unset: [...unset, 'ldapSync.unfinished'] };
  if (isDeepStrictEqual(listed, unfinished)) return update;
  return { ...update, set: { ...set, 'ldapSync.unfinished': unfinished } };
}
