import type { Person } from '../../mapping/map-entry.js';
import { toComposed } from '../../mapping/name-keys.js';
import type { PersonPart } from '../../mapping/person-attributes.js';

/**
 * What the user keeps of a part of which the entry has several values: the stored one, while it is still among
 * them; else the first choice. Composed and decomposed characters (NFC, NFD) are the same value.
 */
export function toStanding<First>(
  part: PersonPart,
  first: First,
  { alternatives, stored }: { readonly alternatives: Person['alternatives']; readonly stored: unknown },
): First | string {
  if (typeof stored !== 'string' || typeof first !== 'string') return first;
  const form = toComposed(stored);
  return form === first || alternatives?.get(part)?.includes(form) ? stored : first;
}
