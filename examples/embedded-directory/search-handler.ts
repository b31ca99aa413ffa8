import type { Socket } from 'node:net';
import { parseSearchFilter } from '../../lib/directory/filter/parse-search-filter.js';
import { toDNKey, type StoredEntry } from './entry.js';
import {
  createPagedResultsControl,
  sendEntry,
  type SearchRequest,
  type SearchResponse,
} from './ldapjs-server.js';
import { isMatch } from './match-filter.js';
import { ROOT_DSE } from './organisation.js';
import { createPagedSearches, type PagedSearches, type RestOfSearch } from './paged-searches.js';
import { selectAttributes } from './select-attributes.js';

/** Result codes (RFC 4511 appendix A). */
const CODES = {
  success: 0,
  sizeLimitExceeded: 4,
  unavailableCriticalExtension: 12,
  noSuchObject: 32,
  insufficientAccessRights: 50,
  unwillingToPerform: 53,
};

const PAGED_RESULTS = '1.2.840.113556.1.4.319';
const BASE = 0;
const ONE_LEVEL = 1;

interface Dependencies {
  readonly entries: () => readonly StoredEntry[];
  readonly isBound: (connection: Socket) => boolean;
}

/** Answers a search (RFC 4511 §4.5), in pages where the client asks for them (RFC 2696). */
export function createSearchHandler({ entries, isBound }: Dependencies) {
  const pagedSearches = new WeakMap<Socket, PagedSearches>();

  return (request: SearchRequest, response: SearchResponse): void => {
    const end = (code: keyof typeof CODES, message = ''): void => {
      response.diagnosticMessage = message;
      response.end(CODES[code]);
    };
    const base = request.baseObject.toString();
    if (!isBound(request.connection) && !(base === '' && request.scope === BASE))
      return end('insufficientAccessRights', 'bind first');
    const unknown = request.controls.find(({ type, criticality }) => criticality && type !== PAGED_RESULTS);
    if (unknown) return end('unavailableCriticalExtension', `control ${unknown.type} is not supported`);
    const paged = request.controls.find(({ type }) => type === PAGED_RESULTS)?.value as
      { size: number; cookie: Buffer } | undefined;

    const searches = pagedSearches.get(request.connection) ?? createPagedSearches();
    pagedSearches.set(request.connection, searches);
    const rest =
      paged && paged.cookie.length > 0 ? searches.take(paged.cookie) : findAll(request, base, entries());
    if (rest === undefined)
      return paged?.cookie.length
        ? end('unwillingToPerform', 'paged results cookie is invalid')
        : end('noSuchObject');
    if (rest.request !== toFingerprint(request))
      return end('unwillingToPerform', 'paged results cookie is of another search');
    answer(request, response, { rest, page: paged && { size: paged.size, searches } });
  };
}

interface Answer {
  readonly rest: RestOfSearch;
  /** `undefined`: the client did not ask for pages. */
  readonly page: { readonly size: number; readonly searches: PagedSearches } | undefined;
}

function answer(request: SearchRequest, response: SearchResponse, { rest, page }: Answer): void {
  const { entries, sent, request: fingerprint } = rest;
  // A page of no entries is how a client gives up (RFC 2696 §3).
  const pageSize = page ? page.size : Number.POSITIVE_INFINITY;
  const allowed = request.sizeLimit === 0 ? Number.POSITIVE_INFINITY : request.sizeLimit - sent;
  const now = entries.slice(0, Math.min(pageSize, allowed));
  const { typesOnly } = request;
  for (const entry of now)
    sendEntry(response, { dn: entry.dn, attributes: selectAttributes(entry, request.attributes), typesOnly });
  const left = entries.slice(now.length);
  const isOver = left.length > 0 && now.length === allowed;
  if (page) {
    const goesOn = left.length > 0 && pageSize > 0 && !isOver;
    const cookie = goesOn
      ? page.searches.keep({ entries: left, sent: sent + now.length, request: fingerprint })
      : Buffer.alloc(0);
    response.addControl(createPagedResultsControl(cookie));
  }
  response.end(isOver ? CODES.sizeLimitExceeded : CODES.success);
}

/** `undefined`: there is no such base. */
function findAll(
  request: SearchRequest,
  base: string,
  entries: readonly StoredEntry[],
): RestOfSearch | undefined {
  const filter = parseSearchFilter(request.filter.toString());
  const fingerprint = toFingerprint(request);
  if (base === '' && request.scope === BASE)
    return { entries: [ROOT_DSE].filter((entry) => isMatch(entry, filter)), sent: 0, request: fingerprint };
  const baseKey = toDNKey(base);
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  if (!byKey.has(baseKey)) return undefined;
  const found = entries.filter(
    (entry) => isInScope(entry, { baseKey, scope: request.scope, byKey }) && isMatch(entry, filter),
  );
  return { entries: found, sent: 0, request: fingerprint };
}

interface Scope {
  readonly baseKey: string;
  readonly scope: number;
  readonly byKey: ReadonlyMap<string, StoredEntry>;
}

function isInScope(entry: StoredEntry, { baseKey, scope, byKey }: Scope): boolean {
  if (scope === BASE) return entry.key === baseKey;
  if (scope === ONE_LEVEL) return entry.parentKey === baseKey;
  for (
    let at: StoredEntry | undefined = entry;
    at;
    at = at.parentKey === undefined ? undefined : byKey.get(at.parentKey)
  ) {
    if (at.key === baseKey) return true;
  }
  return false;
}

function toFingerprint({ baseObject, scope, filter, attributes }: SearchRequest): string {
  return JSON.stringify([baseObject.toString(), scope, filter.toString(), attributes]);
}
