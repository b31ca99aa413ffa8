import type { Directory, DirectoryEntry, EntryAttribute, SearchQuery } from '../directory/directory.js';
import { visitEntries } from '../directory/read-entries.js';
import { LdapSyncError } from '../errors.js';

/** How much is kept of each entry. */
interface Keeping {
  readonly values: number;
  readonly bytes: number;
}

/** Enough to say what an attribute holds. */
const FEW: Keeping = { values: 50, bytes: 1_024 };
const MAX_ATTRIBUTES = 200;
const MAX_DN_BYTES = 4_096;

/** Entries that were looked at. */
export interface Samples {
  readonly entries: readonly DirectoryEntry[];
  /** There are no others. */
  readonly isWhole: boolean;
}

const NOTHING: Samples = { entries: [], isWhole: false };

/**
 * Reads at most `query.sizeLimit` entries of which only the beginning is kept, however large a server makes them. A
 * search that the server refuses shows nothing. Rejects when the connection fails.
 */
export async function readSamples(
  directory: Directory,
  query: SearchQuery,
  { signal, keeping = FEW }: { readonly signal: AbortSignal; readonly keeping?: Keeping },
): Promise<Samples> {
  const entries: DirectoryEntry[] = [];
  let isWhole = false;
  try {
    await visitEntries(directory, query, {
      signal,
      tolerated: ['size-limit', 'referral', 'paging-unsupported', 'admin-limit', 'time-limit'],
      failure: 'The entries could not be looked at',
      ended: (end) => void (isWhole = end.complete || end.reason === 'paging-unsupported'),
      visit: (entry) => {
        if (entries.length < query.sizeLimit && entry.dn.length <= MAX_DN_BYTES)
          entries.push(toSmall(entry, keeping));
      },
    });
    return { entries, isWhole };
  } catch (error) {
    if (error instanceof LdapSyncError && error.code === 'directory-search') return NOTHING;
    throw error;
  }
}

function toSmall({ dn, attributes }: DirectoryEntry, keeping: Keeping): DirectoryEntry {
  const small = [...attributes]
    .slice(0, MAX_ATTRIBUTES)
    .map(([key, one]) => [key, toFew(one, keeping)] as const);
  return { dn, attributes: new Map(small) };
}

/** A value that is left out is said to be missing, as the directory room does. */
function toFew(
  { name, values, droppedBytes = 0, droppedValues = 0 }: EntryAttribute,
  { values: most, bytes }: Keeping,
): EntryAttribute {
  const fitting = values.filter(({ length }) => length <= bytes);
  const large = values.reduce(
    (size, { length }) => (length > bytes ? Math.max(size, length) : size),
    droppedBytes,
  );
  const dropped = droppedValues + Math.max(0, fitting.length - most);
  return {
    name,
    // A view would keep the whole page.
    values: fitting.slice(0, most).map((value) => Buffer.from(value)),
    ...(large > 0 ? { droppedBytes: large } : {}),
    ...(dropped > 0 ? { droppedValues: dropped } : {}),
  };
}
