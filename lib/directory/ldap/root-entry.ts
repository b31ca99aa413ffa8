import { present } from '../filter/search-filter.js';
import { ROOT_ATTRIBUTES, type RootValues } from '../server-description.js';
import { askOnce } from './ask-once.js';
import type { LdapConnection } from './connection.js';
import { AwayError } from './away-error.js';
import { toSearchError, RESULT } from './search-results.js';
import type { SearchTerms } from './search-page.js';

const MAX_VALUES = 500;
/** Only compared; there may be hundreds, and a text costs milliseconds to look through. */
const NEVER_SHOWN: ReadonlySet<string> = new Set([
  'supportedcontrol',
  'supportedcapabilities',
  'objectclass',
]);
const ROOT = {
  baseDN: '',
  scope: 'base',
  filter: present('objectClass'),
  attributes: ROOT_ATTRIBUTES,
} as const;

/**
 * The root entry of a server, its texts cleaned; `undefined` when it may not be read. Rejects when the
 * connection fails, or the server says that it does not serve now.
 */
export async function readRootEntry(
  connection: LdapConnection,
  terms: SearchTerms,
): Promise<RootValues | undefined> {
  const answer = await askOnce(connection, terms, ROOT);
  if (answer.resultCode !== 0 && answer.resultCode !== RESULT.sizeLimitExceeded) {
    const error = toSearchError(answer, { ...ROOT, pageSize: 0, sizeLimit: 1 });
    if (error instanceof AwayError) throw error;
    return undefined;
  }
  if (!answer.entry) return undefined;
  const { clean } = connection.serverText;
  return new Map(
    [...answer.entry.attributes].map(([name, { values }]) => [
      name,
      values.slice(0, MAX_VALUES).map((value) => (NEVER_SHOWN.has(name) ? value.toString() : clean(value))),
    ]),
  );
}
