import { randomBytes } from 'node:crypto';
import type { StoredEntry } from './entry.js';

/** What is left of a search that is answered page by page. */
export interface RestOfSearch {
  readonly entries: readonly StoredEntry[];
  /** Entries sent before. */
  readonly sent: number;
  /** The request; a cookie is good for the same one only (RFC 2696 §3). */
  readonly request: string;
}

/** The unfinished paged searches of one connection, by their cookies. Each cookie is good once. */
export interface PagedSearches {
  keep(rest: RestOfSearch): Buffer;
  take(cookie: Buffer): RestOfSearch | undefined;
}

export function createPagedSearches(): PagedSearches {
  const byCookie = new Map<string, RestOfSearch>();
  return {
    keep(rest) {
      const cookie = randomBytes(12);
      byCookie.set(cookie.toString('hex'), rest);
      return cookie;
    },
    take(cookie) {
      const key = cookie.toString('hex');
      const rest = byCookie.get(key);
      byCookie.delete(key);
      return rest;
    },
  };
}
