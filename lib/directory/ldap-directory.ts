import type { EventEmitter } from 'node:events';
import { LdapSyncError } from '../errors.js';
import type { Directory, DirectoryEntry, OpenDirectory, SearchQuery, SweepEnd } from './directory.js';
import { encodeFilter } from './encode-filter.js';
import { createEntryQueue, type EntryQueue } from './entry-queue.js';
import { connectLdap, toStopped, type LdapConnection } from './ldap-connection.js';
import {
  createPagedResultsControl,
  PAGED_RESULTS_OID,
  toRawDN,
  toRawFilter,
  type PagedResultsResponse,
} from './ldapjs-client.js';
import { pagingUnsupported, referralSeen, RESULT, sizeLimitReached, toIncomplete, toSearchError } from './search-results.js';

/** Most entries handed over at once, however large the page: what lives shortly is collected cheaply. */
const CHUNK_ENTRIES = 200;
/** Seconds. The idle watchdog guards a search; this only has to be longer than any healthy one. */
const TIME_LIMIT_SECONDS = 7_200;
/** A server that keeps sending, however slowly, is not silent; some day it has to end all the same. */
const SWEEP_DEADLINE_MS = 6 * 3_600_000;
/** A server that keeps sending empty pages is not going to end. */
const MAX_EMPTY_PAGES = 1_000;

const NO_ATTRIBUTES = '1.1';
const FIRST_PAGE: Buffer = Buffer.alloc(0);

/** LDAP over ldapjs. */
export const openLdapDirectory: OpenDirectory = async (address, signal) => {
  const connection = await connectLdap(address, signal);
  return {
    sweep: (query, sweepSignal) => sweep(connection, query, address.operationTimeoutMs, sweepSignal),
    close: () => connection.close(),
  } satisfies Directory;
};

async function* sweep(
  connection: LdapConnection,
  query: SearchQuery,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly DirectoryEntry[], SweepEnd, undefined> {
  const queue = createEntryQueue<SweepEnd>({
    chunkEntries: query.pageSize > 0 ? Math.min(query.pageSize, CHUNK_ENTRIES) : CHUNK_ENTRIES,
    pause: () => {
      connection.watchdog.disarm();
      connection.pause();
    },
    resume: () => {
      connection.watchdog.arm(timeoutMs);
      connection.resume();
    },
  });
  const onAbort = (): void => connection.fail(toStopped(signal));
  signal?.addEventListener('abort', onAbort, { once: true });
  const deadline = setTimeout(() => connection.fail(tooLong()), SWEEP_DEADLINE_MS);
  deadline.unref();
  try {
    if (signal?.aborted) onAbort();
    fetchPages(connection, query, timeoutMs, queue).catch((error: unknown) => queue.fail(error as Error));
    for (;;) {
      const next = await queue.take();
      if ('end' in next) return next.end;
      yield next.chunk;
    }
  } finally {
    clearTimeout(deadline);
    signal?.removeEventListener('abort', onAbort);
    connection.listen(undefined);
    queue.fail(new LdapSyncError('run-stopped', 'The search was ended.'));
  }
}

/** Asks for page after page, one ahead of the consumer. */
async function fetchPages(
  connection: LdapConnection,
  query: SearchQuery,
  timeoutMs: number,
  queue: EntryQueue<SweepEnd>,
): Promise<void> {
  const referrals: string[] = [];
  const progress = { read: 0, isOverLimit: false };
  connection.listen({
    entry(entry, bytes) {
      if (query.sizeLimit > 0 && progress.read >= query.sizeLimit) progress.isOverLimit = true;
      else {
        progress.read += 1;
        queue.push(entry, bytes);
      }
    },
    reference: (urls) => referrals.push(...urls.slice(0, Math.max(0, 10 - referrals.length))),
    failed: (error) => queue.fail(error),
  });

  let cookie = FIRST_PAGE;
  let emptyPages = 0;
  let isPaged = query.pageSize > 0;
  for (;;) {
    const readBefore = progress.read;
    const page = await searchPage(connection, query, timeoutMs, isPaged ? cookie : undefined);
    queue.flush();
    if (page.resultCode === RESULT.unavailableCriticalExtension && isPaged && progress.read === 0) {
      isPaged = false;
      continue;
    }
    const end = toSweepEnd(page, query, progress, referrals);
    if (end) return queue.finish(end);
    cookie = page.cookie ?? FIRST_PAGE;
    emptyPages = progress.read === readBefore ? emptyPages + 1 : 0;
    if (emptyPages > MAX_EMPTY_PAGES) return queue.fail(endlessPages());
    await queue.room();
  }
}

/** How the sweep ends with this page; `undefined` when there is another. Throws when the search failed. */
function toSweepEnd(
  page: PageEnd,
  query: SearchQuery,
  { read, isOverLimit }: { readonly read: number; readonly isOverLimit: boolean },
  referrals: readonly string[],
): SweepEnd | undefined {
  if (isOverLimit) return sizeLimitReached(read);
  if (page.resultCode === RESULT.referral) return referralSeen(page.referrals);
  const incomplete = toIncomplete(page.resultCode, page.diagnostic, read);
  if (incomplete) return incomplete;
  if (page.resultCode !== 0) throw toSearchError(page.resultCode, page.name, page.diagnostic, query);
  if (query.pageSize > 0 && !page.cookie) return pagingUnsupported();
  if (page.cookie && page.cookie.length > 0) return undefined;
  return referrals.length > 0 ? referralSeen(referrals) : { complete: true };
}

interface PageEnd {
  readonly resultCode: number;
  readonly name: string;
  readonly diagnostic: string;
  readonly referrals: readonly string[];
  /** Where the next page starts; empty after the last; absent when the server does not page. */
  readonly cookie: Buffer | undefined;
}

/** One search request. Its entries reach the listener before the promise settles. */
function searchPage(
  connection: LdapConnection,
  query: SearchQuery,
  timeoutMs: number,
  cookie: Buffer | undefined,
): Promise<PageEnd> {
  return new Promise<PageEnd>((resolve, reject) => {
    if (connection.failure) return reject(connection.failure);
    const settle = (error: (Error & { code?: unknown }) | null, controls: readonly PagedResultsResponse[]): void => {
      connection.watchdog.disarm();
      const result = connection.lastResult;
      if (connection.failure || !result) return reject(connection.failure ?? error ?? new Error('no result'));
      resolve({
        resultCode: result.resultCode,
        name: error?.name.replace(/Error$/, '') ?? 'success',
        diagnostic: result.diagnosticMessage,
        referrals: result.referrals,
        cookie: controls.find(({ type }) => type === PAGED_RESULTS_OID)?.value.cookie,
      });
    };
    connection.watchdog.arm(timeoutMs);
    connection.client.search(
      toRawDN(query.baseDN),
      {
        scope: query.scope,
        filter: toRawFilter(encodeFilter(query.filter)),
        attributes: query.attributes.length > 0 ? [...query.attributes] : [NO_ATTRIBUTES],
        sizeLimit: query.sizeLimit,
        timeLimit: TIME_LIMIT_SECONDS,
      },
      cookie ? [createPagedResultsControl(query.pageSize, cookie, false)] : [],
      (error: Error | null, response: EventEmitter) => {
        if (error) return settle(error, []);
        response.on('error', (failure: Error) => settle(failure, []));
        response.on('end', (result: { controls?: readonly PagedResultsResponse[] }) => settle(null, result.controls ?? []));
      },
    );
  });
}

function tooLong(): LdapSyncError {
  return new LdapSyncError('directory-timeout', `The directory was not read after ${SWEEP_DEADLINE_MS / 3_600_000} hours.`, {
    remedy: 'Look into the load of the directory server, or narrow LDAP_BaseDN and LDAP_User_Search_Filter.',
  });
}

function endlessPages(): LdapSyncError {
  return new LdapSyncError('directory-search', `The directory server sent ${MAX_EMPTY_PAGES} empty pages and no end.`, {
    remedy: 'Set LDAP_Search_Page_Size to 0, or look into the directory server.',
  });
}
