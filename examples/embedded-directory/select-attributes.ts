import type { StoredAttribute, StoredEntry } from './entry.js';

/**
 * The attributes to send for a request (RFC 4511 §4.5.1.8): all user attributes for an empty list or `*`,
 * operational ones for `+` (RFC 3673) or by name, none for `1.1`.
 */
export function selectAttributes(
  { attributes }: StoredEntry,
  requested: readonly string[],
): readonly StoredAttribute[] {
  const names = new Set(requested.map((name) => name.toLowerCase()));
  const wantsUser = names.size === 0 || names.has('*');
  const wantsOperational = names.has('+');
  return [...attributes]
    .filter(([key, { operational }]) => names.has(key) || (operational ? wantsOperational : wantsUser))
    .map(([, attribute]) => attribute);
}
