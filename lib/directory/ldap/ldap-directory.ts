import { LdapSyncError } from '../../errors.js';
import { connectLdap } from './connect-ldap.js';
import { toStopped } from './connection-errors.js';
import type { Directory, DirectoryEntry, OpenDirectory, SearchQuery, SweepEnd } from '../directory.js';
import { createEntryQueue } from './entry-queue.js';
import { fetchPages, type PagedSearch } from './fetch-pages.js';
import { findSecretInFilter } from '../secret-attributes.js';

/** Most entries handed over at once, however large the page: what lives shortly is collected cheaply. */
const CHUNK_ENTRIES = 250;
/** A server that keeps sending, however slowly, is not silent; some day it has to end all the same. */
const SWEEP_DEADLINE_MS = 6 * 3_600_000;

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
        return yield* sweep({ connection, query, timeoutMs: address.operationTimeoutMs }, sweepSignal);
      } finally {
        isSweeping = false;
      }
    },
    close: () => connection.fail(toStopped(signal)),
  } satisfies Directory;
};

async function* sweep(
  search: Omit<PagedSearch, 'queue'>,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly DirectoryEntry[], SweepEnd, undefined> {
  const { connection, query } = search;
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
    fetchPages({ ...search, queue }).catch((error: unknown) => queue.fail(error as Error));
    for (;;) {
      const next = await queue.take();
      // Entries that were read before the stop are worth nothing any more.
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
    // A consumer that leaves early leaves a search under way; nothing else may use its connection.
    if (!hasEnded) connection.fail(toStopped(signal));
    connection.listen(undefined);
  }
}

/** The entries that a filter finds tell the value that it tests, one question after the other. */
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

/** Pages are cut evenly: small rests would cost as many requests to the database as whole chunks. */
function toChunkEntries(pageSize: number): number {
  return pageSize > 0 ? Math.ceil(pageSize / Math.ceil(pageSize / CHUNK_ENTRIES)) : CHUNK_ENTRIES;
}
