import { toCanonicalDN } from '../directory/distinguished-name.js';

/** What members are compared by. A DN and a name are never the same. */
export function toMemberKey(by: 'dn' | 'name', text: string): string {
  return by === 'dn' ? `d:${toCanonicalDN(text) ?? text.trim().toLowerCase()}` : `n:${toComparedName(text)}`;
}

/** Names that differ in case or blanks only are one, as they are in every directory (`caseIgnoreMatch`). */
export function toComparedName(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
}
