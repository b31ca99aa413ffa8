import { OPERATION } from '../wire/operations.js';
import { NOTHING_WANTED } from '../wire/wanted-attributes.js';
import type { LdapConnection } from './connection.js';
import type { SearchTerms } from './search-page.js';

const WHO_AM_I = '1.3.6.1.4.1.4203.1.11.3';

/**
 * The authorization identity of the connection (RFC 4532), cleaned; `undefined` when the server does not tell. Rejects
 * when the connection fails.
 */
export function askWhoAmI(connection: LdapConnection, terms: SearchTerms): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    if (connection.failure) return reject(connection.failure);
    connection.listen({
      ...NOTHING_ELSE,
      failed: reject,
    });
    connection.expectAnswer(terms.timeoutMs);
    connection.client.exop(WHO_AM_I, () => {
      connection.watchdog.disarm();
      connection.listen(undefined);
      if (connection.failure) return reject(connection.failure);
      const answer = connection.lastResult;
      const isTold = answer?.operation === OPERATION.extendedResponse && answer.resultCode === 0;
      resolve(isTold ? answer.value : undefined);
    });
  });
}

const NOTHING_ELSE = {
  wanted: NOTHING_WANTED,
  entry: () => undefined,
  wantsReferences: () => false,
  reference: () => undefined,
};
