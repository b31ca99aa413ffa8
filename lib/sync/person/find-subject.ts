import type { UserRecord } from '../../../models/user.js';
import type { Asked } from '../../../models/asked-person.js';
import type { EntrySearch } from './find-entry.js';
import type { FoundEntry } from './found-entry.js';
import { toLdapIdentity } from '../../mapping/ldap-identity.js';
import type { NameFilters } from './name-filter.js';

/**
 * The person a question is about: a stored user, an entry, or both. A part that is `undefined` was not found.
 */
export interface Subject {
  readonly user: UserRecord | undefined;
  readonly found: FoundEntry | undefined;
}

/** Several entries match, so it is not known which of them the question is about. `dns`: two of them. */
export interface Several {
  readonly dns: readonly string[];
}

/**
 * A linked user is found by the immutable id, whatever else has changed. Every other person is found by the
 * attributes that the names are mapped from. `stored` is looked up before the directory is connected.
 */
export async function findSubject(
  asked: Asked,
  stored: UserRecord | undefined,
  { search, filters }: { readonly search: EntrySearch; readonly filters: NameFilters },
): Promise<Subject | Several> {
  if (asked.by === 'dn') return { user: undefined, found: await search.byDN(asked.text) };
  const identity = stored && toLdapIdentity(stored);
  if (identity) return { user: stored, found: await search.byId(identity) };
  const filter = stored ? filters.ofUser(stored) : filters.ofAsked(asked);
  const entries = filter ? await search.byFilter(filter) : [];
  if (entries.length > 1) return { dns: entries.map(({ dn }) => dn) };
  const [entry] = entries;
  return { user: stored, found: entry ? await search.place(entry) : undefined };
}
