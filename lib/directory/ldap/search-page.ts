import type { EventEmitter } from 'node:events';
import { LdapSyncError } from '../../errors.js';
import type { Dereference, SearchQuery } from '../directory.js';
import { asksRights, EFFECTIVE_RIGHTS } from '../effective-rights.js';
import { encodeFilter } from '../wire/encode-filter.js';
import type { LdapConnection } from './connection.js';
import { findRefusal } from './find-refusal.js';
import {
  createPagedResultsControl,
  createPlainControl,
  createTextControl,
  toRawDN,
  toRawFilter,
} from './ldapjs-client.js';
import type { Refusal } from './refusals.js';
import { OPERATION } from '../wire/operations.js';
import type { WantedAttributes } from '../wire/wanted-attributes.js';

/** How one search request ended. Its entries went to the connection's listener. */
export interface PageEnd {
  readonly resultCode: number;
  /** The result's name of RFC 4511, such as `NoSuchObject`. */
  readonly name: string;
  readonly diagnostic: string;
  readonly referrals: readonly string[];
  /** It refers to partitions of an Active Directory alone that hold no people. */
  readonly leadsNowhere: boolean;
  /** Where the next page starts; empty after the last; absent when the server does not page. */
  readonly cookie: Buffer | undefined;
  /** Why the server refuses, where its answer says it. */
  readonly refusal: Refusal | undefined;
}

/** How every search of a connection is made. */
export interface SearchTerms {
  /** Longest silence of the server. */
  readonly timeoutMs: number;
  readonly dereference: Dereference;
  /** Nobody has signed in. */
  readonly isAnonymous: boolean;
  /** Who has signed in, as an authorization identity (RFC 4513 §5.2.1.8); of nobody it is `dn:`. */
  readonly authorizationId: string;
}

/** A search, however many requests it takes. */
export interface Search {
  readonly query: SearchQuery;
  readonly wanted: WantedAttributes;
  readonly terms: SearchTerms;
  /** Controls without a value, by their OID. Servers that do not know one pass over it. */
  readonly controls: readonly string[];
}

export const FIRST_PAGE: Buffer = Buffer.alloc(0);

/** Seconds. The idle watchdog guards a search; this only has to be longer than any healthy one. */
const TIME_LIMIT_SECONDS = 7_200;
/** `LDAP_SERVER_SHOW_DELETED_OID` (MS-ADTS 3.1.1.3.4.1.14) */
const SHOW_DELETED = '1.2.840.113556.1.4.417';
const NO_ATTRIBUTES = '1.1';
/** RFC 4511 §4.5.1.3. */
const DEREFERENCE: Readonly<Record<Dereference, number>> = { never: 0, searching: 1, finding: 2, always: 3 };

/**
 * One search request; with a cookie it asks for a page (RFC 2696), without for everything. Its entries reach
 * the listener before the promise settles. Rejects when the connection fails, and whenever no result of this
 * very request is known.
 */
export function searchPage(
  connection: LdapConnection,
  { query, wanted, terms, controls }: Search,
  cookie: Buffer | undefined,
): Promise<PageEnd> {
  return new Promise<PageEnd>((resolve, reject) => {
    if (connection.failure) return reject(connection.failure);

    function settle(error: Error | null): void {
      connection.watchdog.disarm();
      const result = connection.lastResult;
      // ldapjs may report an error of its own, without an answer of the server: that is never an end of the
      // search.
      const isAnswered =
        result?.operation === OPERATION.done && (error === null) === (result.resultCode === 0);
      if (connection.failure || !isAnswered)
        return reject(connection.failure ?? toUnanswered(error && connection.serverText.error(error)));
      resolve({
        resultCode: result.resultCode,
        name: error?.name.replace(/Error$/, '') ?? 'success',
        diagnostic: result.resultCode === 0 ? '' : result.diagnosticMessage,
        referrals: result.referrals,
        leadsNowhere: result.leadsNowhere,
        refusal: findRefusal(result, { request: 'search', isAnonymous: terms.isAnonymous }),
        cookie: result.cookie,
      });
    }

    connection.expectAnswer(terms.timeoutMs);
    connection.client.search(
      toRawDN(query.baseDN),
      toSearchOptions(query, wanted, terms),
      [
        ...(cookie ? [createPagedResultsControl(query.pageSize, cookie, false)] : []),
        ...controls.map(createPlainControl),
        ...(query.showsDeleted ? [createPlainControl(SHOW_DELETED)] : []),
        ...(asksRights(wanted.names) ? [createTextControl(EFFECTIVE_RIGHTS, terms.authorizationId)] : []),
      ],
      (error: Error | null, response: EventEmitter) => {
        if (error) return settle(error);
        response.on('error', (failure: Error) => settle(failure));
        response.on('end', () => settle(null));
      },
    );
  });
}

function toUnanswered(cause: Error | null): LdapSyncError {
  return new LdapSyncError('directory-lost', 'The search ended without a result.', {
    remedy: 'Run the sync again; if it returns, look into the log of the directory server.',
    ...(cause ? { cause } : {}),
  });
}

function toSearchOptions(
  { scope, filter, sizeLimit, namesOnly }: SearchQuery,
  { names }: WantedAttributes,
  { dereference }: SearchTerms,
): Parameters<LdapConnection['client']['search']>[1] {
  return {
    scope,
    filter: toRawFilter(encodeFilter(filter)),
    attributes: names.length > 0 ? [...names] : [NO_ATTRIBUTES],
    sizeLimit,
    typesOnly: namesOnly === true,
    timeLimit: TIME_LIMIT_SECONDS,
    derefAliases: DEREFERENCE[dereference],
  };
}
