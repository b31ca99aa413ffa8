import type {
  Directory,
  DirectoryEntry,
  EntryAttribute,
  SearchQuery,
} from '../../lib/directory/directory.js';

const RANGE = /;range=(\d+)-\*$/i;

/**
 * Gives at most `size` values of an attribute at once, as Active Directory does; `breaksAt`: from there on it
 * gives none.
 */
export function createRangedDirectory(
  inner: Directory,
  { size, breaksAt = Infinity }: { readonly size: number; readonly breaksAt?: number },
): Directory {
  return {
    ...inner,
    async *sweep(query, signal) {
      const pages = inner.sweep({ ...query, attributes: query.attributes.map(withoutRange) }, signal);
      for (;;) {
        const { done, value } = await pages.next();
        if (done) return value;
        yield value.map((entry) => toRanged(entry, query, { size, breaksAt }));
      }
    },
  };
}

function withoutRange(name: string): string {
  return name.replace(RANGE, '');
}

function toRanged(
  { dn, attributes }: DirectoryEntry,
  { attributes: asked }: SearchQuery,
  { size, breaksAt }: { readonly size: number; readonly breaksAt: number },
): DirectoryEntry {
  const ranged = new Map<string, EntryAttribute>();
  for (const [key, { name, values }] of attributes) {
    const range = asked
      .map((one) => (withoutRange(one).toLowerCase() === key ? RANGE.exec(one) : null))
      .find(Boolean);
    const from = range ? Number(range[1]) : 0;
    if (!range && values.length <= size) {
      ranged.set(key, { name, values });
      continue;
    }
    const part = from >= breaksAt ? [] : values.slice(from, from + size);
    const last = from + size >= values.length ? '*' : String(from + size - 1);
    if (!range) ranged.set(key, { name, values: [] });
    if (part.length > 0)
      ranged.set(`${key};range=${from}-${last}`, { name: `${name};range=${from}-${last}`, values: part });
  }
  return { dn, attributes: ranged };
}
