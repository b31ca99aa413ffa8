import type { Directory, DirectoryEntry, SearchQuery } from '../../directory/directory.js';
import { toBatches } from '../../batches.js';
import { LdapSyncError } from '../../errors.js';
import type { LdapIdentity } from '../../mapping/ldap-identity.js';
import { anyOf, equals, present, type SearchFilter } from '../../directory/filter/search-filter.js';
import { findNamingContext } from '../../directory/naming-context.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import type { BelongingCheck } from '../belonging/belonging-check.js';
import { lookUpEntries } from './look-up-entries.js';
import { withGroups, type LookUpResult } from './look-up-result.js';

export type { LookUpKind, LookUpResult } from './look-up-result.js';

/** Few enough for one filter on every server. */
const BATCH = 50;
/**
 * Most bytes of all entries that are kept at once: enough for a photo or two, and for the ids of all other
 * people.
 */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;
const GONE: LookUpResult = { kind: 'gone' };

interface LookUp {
  /** As the sweep asks. */
  readonly search: SyncSettings['search'];
  /** What is read of the people who are present. */
  readonly attributes: readonly string[];
  readonly signal: AbortSignal;
  /** Asks the group whose members are synced, and groups that give something. */
  readonly check?: BelongingCheck;
}

/**
 * Looks people up directly, by the immutable id: as the sweep asked, then anywhere under the base, then in
 * the whole naming context. Rejects when the directory cannot answer; then nothing may be taken away.
 */
export async function lookUpPeople(
  identities: readonly LdapIdentity[],
  directory: Directory,
  { search, attributes, signal, check }: LookUp,
): Promise<ReadonlyMap<string, LookUpResult>> {
  const found = new Map<string, LookUpResult>();
  const everything = present('objectClass');
  let keptBytes = 0;
  await lookUp('present', { ...search });
  await askGroups();
  await lookUp('outside-filter', { baseDN: search.baseDN, scope: 'sub', filter: everything });
  try {
    const context =
      waiting().length > 0 ? await findNamingContext(directory, search.baseDN, signal) : undefined;
    if (context !== undefined)
      await lookUp('outside-base', { baseDN: context, scope: 'sub', filter: everything });
  } catch (error) {
    // The service account may be allowed to read only the base. Then a person who is not under the base
    // counts as gone, and is switched off either way.
    if (!(error instanceof LdapSyncError) || error.code !== 'directory-search') throw error;
  }
  return new Map(identities.map(({ id }) => [id, found.get(id) ?? GONE]));

  function waiting(): readonly LdapIdentity[] {
    return identities.filter(({ id }) => !found.has(id));
  }

  async function askGroups(): Promise<void> {
    const shown = [...found].flatMap(([id, where]) => (where.kind === 'present' ? [{ id, where }] : []));
    const now = await check?.ask(shown.map(({ where }) => where.entry));
    for (const { id, where } of shown) found.set(id, withGroups(where, now));
  }

  async function lookUp(
    kind: Exclude<LookUpResult['kind'], 'gone' | 'outside-group'>,
    where: Pick<SearchQuery, 'baseDN' | 'scope' | 'filter'>,
  ): Promise<void> {
    for (const batch of toBatches(waiting(), BATCH)) {
      const filter: SearchFilter = { type: 'and', filters: [where.filter, anyOf(batch.map(toIdFilter))] };
      const ids = [...new Set(batch.map(({ idAttribute }) => idAttribute))];
      const wanted =
        kind === 'present' ? [...new Set([...ids, ...attributes, ...(check?.attributes ?? [])])] : ids;
      const visit = (entry: DirectoryEntry): void => {
        const { dn } = entry;
        for (const { id } of batch.filter((identity) => isIdentifiedBy(entry, identity))) {
          if (kind === 'present') keptBytes += toBytes(entry);
          if (keptBytes > MAX_KEPT_BYTES) throw tooLarge();
          found.set(id, kind === 'present' ? { kind, dn, entry } : { kind, dn });
        }
      };
      const { pageSize } = search;
      await lookUpEntries(directory, { ...where, filter, attributes: wanted, pageSize }, { signal, visit });
    }
  }
}

/** Any value counts, in upper or lower case: the server has just said that it is equal to the id. */
export function isIdentifiedBy(entry: DirectoryEntry, { id, idAttribute }: LdapIdentity): boolean {
  const fold = (bytes: Buffer): string => bytes.toString('latin1').toLowerCase();
  const wanted = fold(Buffer.from(id, 'hex'));
  return (
    entry.attributes.get(idAttribute.toLowerCase())?.values.some((value) => fold(value) === wanted) === true
  );
}

function toIdFilter({ id, idAttribute }: LdapIdentity): SearchFilter {
  return equals(idAttribute, Buffer.from(id, 'hex'));
}

function toBytes({ attributes }: DirectoryEntry): number {
  let bytes = 0;
  for (const { values } of attributes.values()) for (const { length } of values) bytes += length;
  return bytes;
}

function tooLarge(): LdapSyncError {
  return new LdapSyncError(
    'directory-search',
    `The entries of those who are missing have more than ${MAX_KEPT_BYTES / 1024 / 1024} MiB together.`,
    { remedy: 'Look into the values of LDAP_Unique_Identifier_Field in the directory.' },
  );
}
