import type { DirectoryEntry } from '../../lib/directory/directory.js';
import type { SearchFilter } from '../../lib/directory/filter/search-filter.js';

/**
 * Whether an entry is among those a filter asks for. Every attribute matches without regard to case, as a
 * directory's names do.
 */
export function matchesFilter(entry: DirectoryEntry, filter: SearchFilter): boolean {
  switch (filter.type) {
    case 'and':
      return filter.filters.every((part) => matchesFilter(entry, part));
    case 'or':
      return filter.filters.some((part) => matchesFilter(entry, part));
    case 'not':
      return !matchesFilter(entry, filter.filter);
    case 'present':
      return valuesOf(entry, filter.attribute).length > 0;
    case 'equal':
      return valuesOf(entry, filter.attribute).some((value) => fold(value) === fold(filter.value));
    case 'greaterOrEqual':
    case 'lessOrEqual':
    case 'approx':
    case 'substring':
    case 'extensible':
      // A filter that is answered wrongly would prove whatever one likes.
      throw new Error(`The directory in memory does not know ${filter.type} filters.`);
  }
}

/** Every entry is of some object class, though no test cares of which. */
function valuesOf({ attributes }: DirectoryEntry, attribute: string): readonly Buffer[] {
  const name = attribute.toLowerCase();
  return attributes.get(name)?.values ?? (name === 'objectclass' ? [Buffer.from('top')] : []);
}

function fold(bytes: Buffer): string {
  return bytes.toString('latin1').toLowerCase();
}
