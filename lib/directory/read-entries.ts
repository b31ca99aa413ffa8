import { LdapSyncError } from '../errors.js';
import type { Directory, DirectoryEntry, IncompleteReason, SearchQuery } from './directory.js';

/**
 * Reads a search to its end, for the few who are looked up directly. Throws `LdapSyncError`
 * (`directory-search`) when it ended early for a reason that is not among `tolerated`; `failure` says what
 * could not be done.
 */
export async function readEntries(
  directory: Directory,
  query: SearchQuery,
  {
    signal,
    tolerated,
    failure,
  }: {
    readonly signal: AbortSignal;
    readonly tolerated: readonly IncompleteReason[];
    readonly failure: string;
  },
): Promise<readonly DirectoryEntry[]> {
  const entries: DirectoryEntry[] = [];
  const pages = directory.sweep(query, signal);
  for (;;) {
    const { done, value } = await pages.next();
    if (!done) {
      entries.push(...value);
      continue;
    }
    if (value.complete || tolerated.includes(value.reason)) return entries;
    throw new LdapSyncError('directory-search', `${failure}: ${value.message}`, { remedy: value.remedy });
  }
}
