import type { DirectoryEntry, EntryAttribute } from '../directory/directory.js';

/** Options that say in which language a value is, or are private to a site. `binary`, ranges and states are others. */
const TAGGED = /^(?:;(?:lang|x)-[a-z0-9-]*)+$/;

/**
 * What an entry answers when it is asked for an attribute, best first: the attribute itself; then its forms with
 * language options (RFC 4512 §2.5.2), those with fewer options first, then by the alphabet.
 */
export function findAnswers(entry: DirectoryEntry, attribute: string): readonly EntryAttribute[] {
  const key = attribute.toLowerCase();
  const plain = entry.attributes.get(key);
  const tagged = findTagged(entry, key);
  if (tagged.length === 0) return plain ? [plain] : NONE;
  const answers = tagged.sort(byOptions).flatMap((name) => entry.attributes.get(name) ?? []);
  return plain ? [plain, ...answers] : answers;
}

const NONE: readonly EntryAttribute[] = [];

/** Hardly any entry has one; so this is on the way of every attribute of everybody, and makes nothing. */
function findTagged({ attributes }: DirectoryEntry, key: string): string[] {
  let tagged: string[] | undefined;
  for (const other of attributes.keys()) if (isTagged(other, key)) (tagged ??= []).push(other);
  return tagged ?? [];
}

/** Whether `other` is `key` with language options; both in lower case. */
export function isTagged(other: string, key: string): boolean {
  return (
    other.length > key.length &&
    other.charCodeAt(key.length) === 0x3b &&
    other.startsWith(key) &&
    TAGGED.test(other.slice(key.length))
  );
}

function byOptions(one: string, other: string): number {
  return one.split(';').length - other.split(';').length || (one < other ? -1 : 1);
}
