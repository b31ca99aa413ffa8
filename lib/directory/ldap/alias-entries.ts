import type { DirectoryEntry } from '../directory.js';

/** What every alias has, and nothing else (RFC 4512 §2.6). */
const ALIAS_MARK = 'aliasedObjectName';
const MARK_KEY = ALIAS_MARK.toLowerCase();

/**
 * What is asked for, so that aliases can be told from people. A filter could not: where the service account
 * may not read `objectClass`, one that excludes aliases excludes everybody.
 */
export function withAliasMark(attributes: readonly string[]): readonly string[] {
  return attributes.length > 0 ? [...attributes, ALIAS_MARK] : attributes;
}

/**
 * An alias that was not followed. It may have attributes of its own, the searched one among them; it stands
 * for an entry, and is nobody itself.
 */
export function isAlias({ attributes }: DirectoryEntry): boolean {
  return attributes.has(MARK_KEY);
}
