import type { Directory, DirectoryEntry, SearchQuery, SweepEnd } from '../../directory/directory.js';
import { anyOf, equals, type SearchFilter } from '../../directory/filter/search-filter.js';
import type { LdapIdentity } from '../../mapping/ldap-identity.js';
import { lookUpEntries } from './look-up-entries.js';

/** Most people in one look-up: few enough for one filter on every server. */
export const PEOPLE_AT_ONCE = 50;

interface BatchLookUp {
  readonly where: Pick<SearchQuery, 'baseDN' | 'scope' | 'filter' | 'pageSize'>;
  /** What is read beside the ids. */
  readonly attributes: readonly string[];
  readonly signal: AbortSignal;
  /** Called for each person whom an entry shows; several entries may show the same one. */
  readonly visit: (identity: LdapIdentity, entry: DirectoryEntry) => void;
  /** Hears how the search ended. */
  readonly ended?: (end: SweepEnd) => void;
}

/** Looks at most {@link PEOPLE_AT_ONCE} people up by their immutable ids, in one search. Rejects as {@link lookUpEntries}. */
export async function lookUpBatch(
  batch: readonly LdapIdentity[],
  directory: Directory,
  { where, attributes, visit, ...options }: BatchLookUp,
): Promise<void> {
  const filter: SearchFilter = { type: 'and', filters: [where.filter, anyOf(batch.map(toIdFilter))] };
  const ids = batch.map(({ idAttribute }) => idAttribute);
  const query = { ...where, filter, attributes: [...new Set([...ids, ...attributes])] };
  await lookUpEntries(directory, query, {
    ...options,
    visit(entry) {
      for (const identity of batch) if (isIdentifiedBy(entry, identity)) visit(identity, entry);
    },
  });
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
