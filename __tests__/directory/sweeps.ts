import type {
  Directory,
  DirectoryAddress,
  DirectoryEntry,
  SearchQuery,
  SweepEnd,
} from '../../lib/directory/directory.js';
import { openLdapDirectory } from '../../lib/directory/ldap/ldap-directory.js';
import { present } from '../../lib/directory/filter/search-filter.js';

/** Where and how, with everything that a test does not care about filled in. */
export function addressOf(changes: Partial<DirectoryAddress> & { readonly port: number }): DirectoryAddress {
  return {
    host: '127.0.0.1',
    encryption: 'plain',
    caCertificates: [],
    rejectUnauthorized: true,
    connectTimeoutMs: 60_000,
    operationTimeoutMs: 60_000,
    ...changes,
  };
}

export function queryOf(changes: Partial<SearchQuery> = {}): SearchQuery {
  return {
    baseDN: 'dc=example,dc=org',
    scope: 'sub',
    filter: present('objectClass'),
    attributes: ['cn'],
    pageSize: 0,
    sizeLimit: 0,
    ...changes,
  };
}

export interface Swept {
  readonly entries: DirectoryEntry[];
  /** Absent when it threw. */
  readonly end?: SweepEnd;
  readonly error?: unknown;
}

/** Reads to the end, and keeps what came before an error. */
export async function readAll(
  directory: Directory,
  query: SearchQuery,
  signal?: AbortSignal,
): Promise<Swept> {
  const entries: DirectoryEntry[] = [];
  const pages = directory.sweep(query, signal);
  try {
    for (;;) {
      const next = await pages.next();
      if (next.done) return { entries, end: next.value };
      entries.push(...next.value);
    }
  } catch (error) {
    return { entries, error };
  }
}

/** Opens, reads to the end, closes. */
export async function sweepOnce(address: DirectoryAddress, query: SearchQuery): Promise<Swept> {
  const directory = await openLdapDirectory(address);
  try {
    return await readAll(directory, query);
  } finally {
    directory.close();
  }
}

export function textsOf(entry: DirectoryEntry | undefined, attribute: string): string[] {
  return (entry?.attributes.get(attribute)?.values ?? []).map(String);
}

/** The error something must fail with. */
export async function failureOf(
  promise: Promise<unknown>,
): Promise<{ code: string; message: string; remedy: string }> {
  return promise.then(
    () => {
      throw new Error('It did not fail.');
    },
    (error: unknown) => error as { code: string; message: string; remedy: string },
  );
}
