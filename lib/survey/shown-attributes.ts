import type { Directory, DirectoryEntry, SearchQuery } from '../directory/directory.js';
import { visitEntries } from '../directory/read-entries.js';
import { LdapSyncError } from '../errors.js';
import { LASTING_IDS } from '../mapping/lasting-ids.js';
import { FITTING_NAMES } from './fitting-names.js';

/** Which attributes entries have: those that the service account may read. */
export interface Shown {
  readonly entries: number;
  /** As the server spells them, without options. */
  readonly names: readonly string[];
  /** All entries were seen that there are. */
  readonly isWhole: boolean;
}

export const NOTHING_SHOWN: Shown = { entries: 0, names: [], isWhole: false };

interface Asked {
  readonly query: Pick<SearchQuery, 'baseDN' | 'scope' | 'filter' | 'pageSize'>;
  readonly signal: AbortSignal;
  /** @default 1,000 */
  readonly atMost?: number;
  /** Sees every entry, without values. */
  readonly visit?: (entry: DirectoryEntry) => void;
  /** Attributes that are asked for by name, since some servers show an attribute only then. */
  readonly attributes?: readonly string[];
}

const AT_MOST = 1_000;
const MAX_NAMES = 2_000;
/** What every entry has, and is no field of a person. */
const OF_EVERY_ENTRY = new Set(['objectclass', 'structuralobjectclass', 'entrydn', 'subschemasubentry']);

/** Reads the names of attributes, and no value. Rejects when the directory cannot say. */
export async function readShown(
  directory: Directory,
  { query, signal, atMost = AT_MOST, visit, attributes = [] }: Asked,
): Promise<Shown> {
  const names = new Map<string, string>();
  let entries = 0;
  let isWhole = false;
  const wanted = [...new Set([...attributes, ...LASTING_IDS, ...FITTING_NAMES])];
  await visitEntries(
    directory,
    { ...query, attributes: wanted, namesOnly: true, sizeLimit: atMost },
    {
      signal,
      tolerated: ['referral', 'size-limit', 'paging-unsupported', 'admin-limit', 'time-limit'],
      ended: ({ complete }) => void (isWhole = complete),
      failure: 'The attributes of the entries could not be read',
      visit(entry) {
        entries += 1;
        visit?.(entry);
        for (const { name } of entry.attributes.values()) {
          const [type = ''] = name.split(';');
          const key = type.toLowerCase();
          if (names.size < MAX_NAMES && !names.has(key) && !OF_EVERY_ENTRY.has(key)) names.set(key, type);
        }
      },
    },
  );
  return { entries, names: [...names.values()], isWhole };
}

/** The same where the answer only makes a message better: a directory that cannot say shows nothing. */
export async function tryToReadShown(directory: Directory, asked: Asked): Promise<Shown> {
  try {
    return await readShown(directory, asked);
  } catch (error) {
    if (error instanceof LdapSyncError && error.code.startsWith('directory-')) return NOTHING_SHOWN;
    throw error;
  }
}
