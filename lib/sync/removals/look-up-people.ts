import type { Directory, DirectoryEntry, SearchQuery } from '../../directory/directory.js';
import { toBatches } from '../../batches.js';
import { LdapSyncError } from '../../errors.js';
import type { LdapIdentity } from '../../mapping/ldap-identity.js';
import { present } from '../../directory/filter/search-filter.js';
import { findNamingContext } from '../../directory/naming-context.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import type { BelongingCheck } from '../belonging/belonging-check.js';
import { lookUpBatch, PEOPLE_AT_ONCE } from './look-up-batch.js';
import { withGroups, type LookUpResult } from './look-up-result.js';

export type { LookUpKind, LookUpResult } from './look-up-result.js';

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
    const { pageSize } = search;
    const wanted = kind === 'present' ? [...attributes, ...(check?.attributes ?? [])] : [];
    const visit = ({ id }: LdapIdentity, entry: DirectoryEntry): void => {
      const { dn } = entry;
      if (kind === 'present') keptBytes += toBytes(entry);
      if (keptBytes > MAX_KEPT_BYTES) throw tooLarge();
      found.set(id, kind === 'present' ? { kind, dn, entry } : { kind, dn });
    };
    for (const batch of toBatches(waiting(), PEOPLE_AT_ONCE))
      await lookUpBatch(batch, directory, {
        where: { ...where, pageSize },
        attributes: wanted,
        signal,
        visit,
      });
  }
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
