import type { Directory, DirectoryEntry, SearchQuery } from '../../directory/directory.js';
import { readEntries } from '../../directory/read-entries.js';
import { allOf, present, type SearchFilter } from '../../directory/filter/search-filter.js';
import { LdapSyncError } from '../../errors.js';
import { toRequestedAttributes } from '../../mapping/map-entry.js';
import { identifyEntry, type LdapIdentity } from '../../mapping/ldap-identity.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import { createBelongingCheck } from '../belonging/belonging-check.js';
import { askWhatIsGiven } from './given-by-groups.js';
import { lookUpPeople } from '../removals/look-up-people.js';
import type { FoundEntry } from './found-entry.js';

/**
 * Looks entries up as a sync would see them. All reject with an `LdapSyncError` when the directory cannot
 * say.
 */
export interface EntrySearch {
  /** By the immutable id. */
  byId(identity: LdapIdentity): Promise<FoundEntry>;
  /** `undefined`: there is no such entry, or none that may be shown. */
  byDN(dn: string): Promise<FoundEntry | undefined>;
  /**
   * The entries that the search filter and the given one match: at most two, since two are already too many.
   */
  byFilter(filter: SearchFilter): Promise<readonly DirectoryEntry[]>;
  /** Where an entry is that the search filter matches: the group may not have it. */
  place(entry: DirectoryEntry): Promise<FoundEntry>;
}

export function createEntrySearch(
  directory: Directory,
  settings: SyncSettings,
  signal: AbortSignal,
): EntrySearch {
  const { search, mapping } = settings;
  const check = createBelongingCheck(settings, { directory, signal });
  const attributes = toRequestedAttributes(mapping, check.attributes);

  async function place(entry: DirectoryEntry): Promise<FoundEntry> {
    const now = await check.ask([entry]);
    const { group: name, reading } = now;
    const { membership = 'unknown' } = now.groups.get(entry) ?? {};
    const { dn } = entry;
    const group = reading && { name, membership, ...reading };
    if (group && membership === 'not-member') return { kind: 'outside-group', dn, group };
    const given = await askWhatIsGiven(entry, now, settings.grants);
    return { kind: 'present', dn, entry, given, ...(group ? { group } : {}) };
  }

  async function byId(identity: LdapIdentity): Promise<FoundEntry> {
    const found = await lookUpPeople([identity], directory, { search, attributes, signal });
    const where = found.get(identity.id);
    if (!where || where.kind === 'gone') return { kind: 'gone', identity };
    if (where.kind === 'present') return { ...(await place(where.entry)), identity };
    return { kind: where.kind, dn: where.dn, identity };
  }

  function read(
    query: Pick<SearchQuery, 'baseDN' | 'scope' | 'filter' | 'attributes'>,
  ): Promise<readonly DirectoryEntry[]> {
    // A referral leads out of the part of the directory that is synced.
    return readEntries(
      directory,
      { ...query, pageSize: 0, sizeLimit: 2 },
      { signal, tolerated: ['referral', 'size-limit'], failure: 'The entry could not be looked up' },
    );
  }

  /**
   * The entry under this DN. A server has many ways to say that there is none, a DN that is none among them.
   */
  async function readDN(
    dn: string,
    query: Pick<SearchQuery, 'filter' | 'attributes'>,
  ): Promise<DirectoryEntry | undefined> {
    try {
      return (await read({ baseDN: dn, scope: 'base', ...query }))[0];
    } catch (error) {
      if (error instanceof LdapSyncError && error.code === 'directory-search') return undefined;
      throw error;
    }
  }

  return {
    byId,

    async byDN(dn) {
      // The id and no more, until it is sure that the entry is one of those that are synced.
      const named = await readDN(dn, { filter: present('objectClass'), attributes: mapping.idAttributes });
      const identity = named ? identifyEntry(named, mapping.idAttributes) : undefined;
      if (identity) return byId(identity);
      if (!named || !isInScope(named.dn, search)) return undefined;
      const entry = await readDN(dn, { filter: search.filter, attributes });
      return entry ? place(entry) : undefined;
    },

    place,

    byFilter: (filter) =>
      read({
        baseDN: search.baseDN,
        scope: search.scope,
        filter: allOf([search.filter, filter]),
        attributes,
      }),
  };
}

/**
 * Only for an entry without an id, which cannot be searched for. What is spelt too differently counts as
 * outside.
 */
function isInScope(dn: string, { baseDN, scope }: SyncSettings['search']): boolean {
  const fold = (text: string): string =>
    text
      .toLowerCase()
      .replace(/\s*([,=])\s*/g, '$1')
      .trim();
  const [name, base] = [fold(dn), fold(baseDN)];
  if (name === base) return scope !== 'one';
  if (scope === 'base' || !name.endsWith(`,${base}`)) return false;
  return scope === 'sub' || /^(?:[^,\\]|\\.)+$/.test(name.slice(0, -base.length - 1));
}
