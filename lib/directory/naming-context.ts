import type { Directory } from './directory.js';
import { present } from './filter/search-filter.js';
import { readEntries } from './read-entries.js';

/**
 * The naming context (RFC 4512 §5.1) that holds the base; `undefined` when the server does not tell or it is
 * the base.
 */
export async function findNamingContext(
  directory: Directory,
  baseDN: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const [root] = await readEntries(
    directory,
    {
      baseDN: '',
      scope: 'base',
      filter: present('objectClass'),
      attributes: ['namingContexts'],
      pageSize: 0,
      sizeLimit: 10,
    },
    {
      signal,
      tolerated: ['referral', 'paging-unsupported'],
      failure: 'The parts of the directory could not be read',
    },
  );
  const contexts = (root?.attributes.get('namingcontexts')?.values ?? []).map((value) =>
    value.toString('utf8'),
  );
  const base = toComparable(baseDN);
  return contexts
    .filter((context) => context !== '' && base.endsWith(`,${toComparable(context)}`))
    .sort((a, b) => a.length - b.length)[0];
}

/**
 * Good enough to compare the server's own naming contexts with a base; a miss only makes the report less
 * precise.
 */
function toComparable(dn: string): string {
  return dn
    .toLowerCase()
    .replace(/\s*([,=])\s*/g, '$1')
    .trim();
}
