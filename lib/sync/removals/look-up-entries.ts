import type { Directory, DirectoryEntry, SearchQuery, SweepEnd } from '../../directory/directory.js';
import { visitEntries } from '../../directory/read-entries.js';

/**
 * Most entries one look-up may find. Ids are unique; an attribute that is no good as an id may have one value
 * in many entries.
 */
const MAX_FOUND = 1_000;

/**
 * One search for missing people. Rejects when the directory cannot answer, and when it answers with too much.
 */
export function lookUpEntries(
  directory: Directory,
  query: Omit<SearchQuery, 'sizeLimit'>,
  options: {
    readonly signal: AbortSignal;
    readonly visit: (entry: DirectoryEntry) => void;
    readonly ended?: (end: SweepEnd) => void;
  },
): Promise<void> {
  // A referral leads out of the part of the directory that is synced. A server that does not page has
  // answered with everything, or with an error.
  return visitEntries(
    directory,
    { ...query, sizeLimit: MAX_FOUND },
    {
      ...options,
      tolerated: ['referral', 'paging-unsupported'],
      failure: 'Who is missing could not be looked up',
    },
  );
}
