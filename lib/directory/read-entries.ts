import { LdapSyncError } from '../errors.js';
import type { Directory, DirectoryEntry, IncompleteReason, SearchQuery, SweepEnd } from './directory.js';

export interface ReadingOptions {
  readonly signal: AbortSignal;
  readonly tolerated: readonly IncompleteReason[];
  /** What could not be done. */
  readonly failure: string;
  /** Hears how a search ended that is not a failure. */
  readonly ended?: (end: SweepEnd) => void;
}

/**
 * Reads a search to its end, for the few who are looked up directly, and shows each entry to `visit`: an
 * entry that `visit` does not keep is not kept in memory, however many entries a server sends. Throws
 * `LdapSyncError` (`directory-search`) when the search ended early for a reason that is not among
 * `tolerated`.
 */
export async function visitEntries(
  directory: Directory,
  query: SearchQuery,
  { signal, tolerated, failure, ended, visit }: ReadingOptions & { visit: (entry: DirectoryEntry) => void },
): Promise<void> {
  const pages = directory.sweep(query, signal);
  for (;;) {
    const { done, value } = await pages.next();
    if (!done) {
      await show(value);
      continue;
    }
    if (value.complete || tolerated.includes(value.reason)) return ended?.(value);
    throw new LdapSyncError('directory-search', `${failure}: ${value.message}`, { remedy: value.remedy });
  }

  async function show(page: readonly DirectoryEntry[]): Promise<void> {
    try {
      page.forEach(visit);
    } catch (error) {
      // The search is under way; nothing else may use its connection.
      await pages.return({ complete: true });
      throw error;
    }
  }
}

/** The same for a search whose size limit says that it finds few. */
export async function readEntries(
  directory: Directory,
  query: SearchQuery,
  options: ReadingOptions,
): Promise<readonly DirectoryEntry[]> {
  const entries: DirectoryEntry[] = [];
  await visitEntries(directory, query, { ...options, visit: (entry) => void entries.push(entry) });
  return entries;
}
