import { LdapSyncError } from '../errors.js';
import { connectLdap } from './connect-ldap.js';
import { toStopped } from './connection-errors.js';
import type { Directory, DirectoryEntry, OpenDirectory, SearchQuery, SweepEnd } from './directory.js';
import { createEntryQueue, type EntryQueue } from './entry-queue.js';
import type { LdapConnection } from './ldap-connection.js';
import { LIMITS } from './limits.js';
import { FIRST_PAGE, searchPage, type PageEnd } from './search-page.js';
import {
  pagingUnsupported,
  referralSeen,
  RESULT,
  sizeLimitReached,
  toIncomplete,
  toSearchError,
} from './search-results.js';
import { findSecretInFilter } from './secret-attributes.js';
import { createWantedAttributes } from './wanted-attributes.js';

/** Most entries handed over at once, however large the page: what lives shortly is collected cheaply. */
const CHUNK_ENTRIES = 250;
/** A server that keeps sending, however slowly, is not silent; some day it has to end all the same. */
const SWEEP_DEADLINE_MS = 6 * 3_600_000;
/** A server that keeps sending empty pages is not going to end. */
const MAX_EMPTY_PAGES = 1_000;

/** LDAP over ldapjs. */
export const openLdapDirectory: OpenDirectory = async (address, signal) => {
  const connection = await connectLdap(address, signal);
  let isSweeping = false;
  return {
    async *sweep(query, sweepSignal) {
      if (isSweeping) throw new TypeError('A directory serves one sweep after the other.');
      assertNoSecret(query);
      isSweeping = true;
      try {
        return yield* sweep(connection, query, address.operationTimeoutMs, sweepSignal);
      } finally {
        isSweeping = false;
      }
    },
    close: () => connection.fail(toStopped(signal)),
  } satisfies Directory;
};

async function* sweep(
  connection: LdapConnection,
  query: SearchQuery,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly DirectoryEntry[], SweepEnd, undefined> {
  const queue = createEntryQueue<SweepEnd>({
    chunkEntries: toChunkEntries(query.pageSize),
    pause: connection.pause,
    resume: connection.resume,
  });
  let hasEnded = false;
  const onAbort = (): void => connection.fail(toStopped(signal));
  signal?.addEventListener('abort', onAbort, { once: true });
  const deadline = setTimeout(() => connection.fail(tooLong()), SWEEP_DEADLINE_MS);
  deadline.unref();
  try {
    if (signal?.aborted) onAbort();
    fetchPages(connection, query, timeoutMs, queue).catch((error: unknown) => queue.fail(error as Error));
    for (;;) {
      const next = await queue.take();
      // What was read before the stop is not worth anything any more.
      if (signal?.aborted) throw toStopped(signal);
      if ('end' in next) {
        hasEnded = true;
        return next.end;
      }
      yield next.chunk;
    }
  } catch (error) {
    // The server has answered that it will not: the search is over, and the connection as good as before.
    hasEnded = error instanceof LdapSyncError && error.code === 'directory-search';
    throw error;
  } finally {
    clearTimeout(deadline);
    signal?.removeEventListener('abort', onAbort);
    // Whoever leaves early leaves a search under way; nothing else may use its connection.
    if (!hasEnded) connection.fail(toStopped(signal));
    connection.listen(undefined);
  }
}

/** What has come so far. */
interface Progress {
  read: number;
  isOverLimit: boolean;
  hasReferral: boolean;
  readonly referrals: string[];
}

/** Asks for page after page, one ahead of the consumer. */
async function fetchPages(
  connection: LdapConnection,
  query: SearchQuery,
  timeoutMs: number,
  queue: EntryQueue<SweepEnd>,
): Promise<void> {
  const progress: Progress = { read: 0, isOverLimit: false, hasReferral: false, referrals: [] };
  const wanted = createWantedAttributes(query.attributes, query.sliced);
  connection.listen({
    wanted,
    entry(entry, cost) {
      if (query.sizeLimit > 0 && progress.read >= query.sizeLimit) progress.isOverLimit = true;
      else {
        if (!entry.isPiece) progress.read += 1;
        queue.push(entry, cost);
      }
    },
    wantsReferences: () => progress.referrals.length < LIMITS.references,
    reference(urls) {
      progress.hasReferral = true;
      progress.referrals.push(...urls);
    },
    failed: (error) => queue.fail(error),
  });

  let cookie = FIRST_PAGE;
  let emptyPages = 0;
  let isPaged = query.pageSize > 0;
  for (;;) {
    const readBefore = progress.read;
    const page = await searchPage(connection, { query, wanted, timeoutMs }, isPaged ? cookie : undefined);
    queue.flush();
    if (page.resultCode === RESULT.unavailableCriticalExtension && isPaged && progress.read === 0) {
      isPaged = false;
      continue;
    }
    const end = toSweepEnd(page, query, progress);
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
  { read, isOverLimit, hasReferral, referrals }: Progress,
): SweepEnd | undefined {
  if (isOverLimit) return sizeLimitReached(read);
  if (page.resultCode === RESULT.referral) return referralSeen(page.referrals);
  const incomplete = toIncomplete(page.resultCode, page.diagnostic, read);
  if (incomplete) return incomplete;
  if (page.resultCode !== 0) throw toSearchError(page.resultCode, page.name, page.diagnostic, query);
  if (query.pageSize > 0 && !page.cookie) return pagingUnsupported();
  if (page.cookie && page.cookie.length > 0) return undefined;
  return hasReferral ? referralSeen(referrals) : { complete: true };
}

/** Whoever is found by a filter tells the value of what it tests, one question after the other. */
function assertNoSecret({ filter }: SearchQuery): void {
  const secret = findSecretInFilter(filter);
  if (!secret) return;
  throw new LdapSyncError('directory-search', `The search tests ${secret}, which holds a secret.`, {
    remedy: 'Search by an attribute that holds no password or key.',
  });
}

function tooLong(): LdapSyncError {
  return new LdapSyncError(
    'directory-timeout',
    `The directory was not read after ${SWEEP_DEADLINE_MS / 3_600_000} hours.`,
    {
      remedy:
        'Look into the load of the directory server, or narrow LDAP_BaseDN and LDAP_User_Search_Filter.',
    },
  );
}

function endlessPages(): LdapSyncError {
  return new LdapSyncError(
    'directory-search',
    `The directory server sent ${MAX_EMPTY_PAGES} empty pages and no end.`,
    {
      remedy: 'Set LDAP_Search_Page_Size to 0, or look into the directory server.',
    },
  );
}

/** Pages are cut evenly: small rests would cost as many requests to the database as whole chunks. */
function toChunkEntries(pageSize: number): number {
  return pageSize > 0 ? Math.ceil(pageSize / Math.ceil(pageSize / CHUNK_ENTRIES)) : CHUNK_ENTRIES;
}
