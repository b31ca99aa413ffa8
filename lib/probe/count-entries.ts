import type { Directory, SearchQuery } from '../directory/directory.js';

interface Counting {
  readonly directory: Directory;
  readonly signal: AbortSignal;
}

/** How many entries match, as far as two. */
export async function countEntries(
  { directory, signal }: Counting,
  query: Pick<SearchQuery, 'baseDN' | 'scope' | 'filter'>,
): Promise<number> {
  let found = 0;
  const few = { ...query, attributes: [], pageSize: 0, sizeLimit: 2 };
  for await (const page of directory.sweep(few, signal)) found += page.length;
  return found;
}
