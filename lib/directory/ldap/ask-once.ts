import { LdapSyncError } from '../../errors.js';
import type { DirectoryEntry, SearchQuery } from '../directory.js';
import { createWantedAttributes } from '../wire/wanted-attributes.js';
import type { LdapConnection } from './connection.js';
import { searchPage, type PageEnd, type SearchTerms } from './search-page.js';

/** What one request brought. */
export interface Answer extends PageEnd {
  /** The first entry. */
  readonly entry: DirectoryEntry | undefined;
  /** Where the server refers to, but for partitions that hold no people. */
  readonly references: readonly string[];
}

/** More than a server may send to a question that one entry answers. */
const MAX_ENTRIES = 1_000;
const MAX_REFERENCES = 100;

/** One search request of which one entry and the references matter. Rejects when the connection fails. */
export async function askOnce(
  connection: LdapConnection,
  terms: SearchTerms,
  question: Pick<SearchQuery, 'baseDN' | 'scope' | 'filter' | 'attributes'>,
): Promise<Answer> {
  const query: SearchQuery = { ...question, pageSize: 0, sizeLimit: 1 };
  const wanted = createWantedAttributes(query.attributes);
  const references: string[] = [];
  let entry: DirectoryEntry | undefined;
  let entries = 0;
  const failed = new Promise<never>((_, reject) =>
    connection.listen({
      wanted,
      entry(found) {
        entry ??= found;
        entries += 1;
        if (entries > MAX_ENTRIES) connection.fail(tooMany());
      },
      wantsReferences: () => references.length < MAX_REFERENCES,
      reference: (urls) => void references.push(...(urls.length > 0 ? urls : ['unnamed'])),
      failed: reject,
    }),
  );
  failed.catch(() => undefined);
  try {
    const request = { query, wanted, terms, controls: [] };
    // ldapjs does not answer any more when its connection is over.
    const end = await Promise.race([searchPage(connection, request, undefined), failed]);
    return { ...end, entry, references: references.slice(0, MAX_REFERENCES) };
  } finally {
    connection.listen(undefined);
  }
}

function tooMany(): LdapSyncError {
  return new LdapSyncError(
    'directory-search',
    `The directory server sent more than ${MAX_ENTRIES} entries to a question that one entry answers.`,
    { remedy: 'Look into the directory server: it does not keep the size limit of a search (RFC 4511).' },
  );
}
