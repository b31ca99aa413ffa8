import type { Directory, DirectoryEntry, SearchQuery, SweepEnd } from '../../lib/directory/directory.js';
import { LdapSyncError } from '../../lib/errors.js';
import { toEntry } from './entries.js';
import { matchesFilter } from './evaluate-filter.js';

/** What goes wrong, from the sync's point of view. */
export type Fault =
  /**
   * The connection ends when so many pages have been handed out, over all searches: in the sweep or in a
   * look-up.
   */
  | { readonly kind: 'lost'; readonly afterPages: number }
  /** A sweep ends at a size limit. */
  | { readonly kind: 'size-limit'; readonly afterEntries: number }
  /** A sweep leaves entries out and says nothing of it; look-ups show them. */
  | { readonly kind: 'hides'; readonly every: number; readonly from: number }
  /** A sweep hands an entry out twice. */
  | { readonly kind: 'repeats'; readonly index: number }
  /** Every search is answered with nothing, and with success. */
  | { readonly kind: 'empty' };

export const BASE = 'ou=people,dc=x';
const CONTEXT = 'dc=x';
const SIZE_LIMIT: SweepEnd = {
  complete: false,
  reason: 'size-limit',
  message: 'The server stopped at its size limit.',
  remedy: 'Raise it.',
};

/**
 * A directory server whose entries are given. Page by page, a paged search is a sweep; one without pages, or with a
 * size limit, is a look-up.
 */
export function createMemoryDirectory(entries: readonly DirectoryEntry[], fault?: Fault): Directory {
  let pages = 0;
  let isClosed = false;

  function handOut(page: readonly DirectoryEntry[]): readonly DirectoryEntry[] {
    if (isClosed) throw new Error('The connection to the directory was closed.');
    if (fault?.kind === 'lost' && pages >= fault.afterPages)
      throw new LdapSyncError('directory-lost', 'The connection to the directory ended.');
    pages += 1;
    return page;
  }

  return {
    async *sweep(query, signal) {
      const { found, end } = find(entries, query, fault);
      const size = query.pageSize || found.length;
      for (let at = 0; at < found.length; at += size) {
        signal?.throwIfAborted();
        yield handOut(found.slice(at, at + size).map((entry) => onlyAsked(entry, query)));
      }
      handOut([]);
      return end;
    },
    describeServer: () => Promise.resolve({ host: 'x', port: 389, kind: 'unknown', name: 'memory' }),
    whoAmI: () => Promise.resolve(undefined),
    close: () => {
      isClosed = true;
    },
  };
}

function find(
  entries: readonly DirectoryEntry[],
  query: SearchQuery,
  fault: Fault | undefined,
): { found: readonly DirectoryEntry[]; end: SweepEnd } {
  const complete: SweepEnd = { complete: true };
  if (fault?.kind === 'empty') return { found: [], end: complete };
  if (query.baseDN === '') return { found: [toEntry('', { namingContexts: CONTEXT })], end: complete };
  const found = entries.filter((entry) => isUnder(entry, query) && matchesFilter(entry, query.filter));
  if (query.pageSize === 0 || query.sizeLimit > 0 || !fault) return { found, end: complete };
  switch (fault.kind) {
    case 'size-limit':
      return found.length > fault.afterEntries
        ? { found: found.slice(0, fault.afterEntries), end: SIZE_LIMIT }
        : { found, end: complete };
    case 'hides':
      return {
        found: found.filter((_, index) => index % fault.every !== fault.from % fault.every),
        end: complete,
      };
    case 'repeats':
      return { found: [...found, ...found.slice(fault.index, fault.index + 1)], end: complete };
    case 'lost':
      return { found, end: complete };
  }
}

function isUnder({ dn }: DirectoryEntry, { baseDN, scope }: SearchQuery): boolean {
  const [name, base] = [dn.toLowerCase(), baseDN.toLowerCase()];
  if (name === base) return scope !== 'one';
  if (scope === 'base' || !name.endsWith(`,${base}`)) return false;
  return scope === 'sub' || !name.slice(0, -base.length - 1).includes(',');
}

function onlyAsked({ dn, attributes }: DirectoryEntry, query: SearchQuery): DirectoryEntry {
  if (query.namesOnly) {
    const named = [...attributes].filter(([, { values }]) => values.length > 0);
    return { dn, attributes: new Map(named.map(([key, { name }]) => [key, { name, values: [] }])) };
  }
  const asked = new Set(query.attributes.map((name) => name.toLowerCase()));
  return { dn, attributes: new Map([...attributes].filter(([name]) => asked.has(name))) };
}
