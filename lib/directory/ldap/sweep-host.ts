import { LdapSyncError } from '../../errors.js';
import type { DirectoryEntry, SearchQuery, SweepEnd } from '../directory.js';
import type { LdapConnection } from './connection.js';
import { toStopped } from './connection-errors.js';
import type { DomainScope } from './domain-scope.js';
import { createEntryQueue } from './entry-queue.js';
import { fetchPages, type PagedSearch } from './fetch-pages.js';
import { referralSeen } from './search-results.js';

/** Most entries handed over at once, however large the page: what lives shortly is collected cheaply. */
const CHUNK_ENTRIES = 250;
/** A server that keeps sending, however slowly, is not silent; some day it has to end all the same. */
const SWEEP_DEADLINE_MS = 6 * 3_600_000;

/** A sweep of one server. */
export interface HostSweep extends Pick<PagedSearch, 'terms' | 'accepted'> {
  readonly connection: LdapConnection;
  readonly query: SearchQuery;
  /** Asked before the first page. */
  readonly findScope: () => Promise<DomainScope>;
  /** The server has sent a part of the answer, or the whole. */
  readonly onAnswer: () => void;
}

export async function* sweepHost(
  sweep: HostSweep,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly DirectoryEntry[], SweepEnd, undefined> {
  const { connection, query, onAnswer } = sweep;
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
    const elsewhere = fetch(sweep, queue);
    elsewhere.catch((error: unknown) => queue.fail(error as Error));
    for (;;) {
      const next = await queue.take();
      // Entries that were read before the stop are worth nothing any more.
      if (signal?.aborted) throw toStopped(signal);
      onAnswer();
      if ('end' in next) {
        hasEnded = true;
        return next.end.complete ? withElsewhere(next.end, await elsewhere) : next.end;
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

/** Resolves with the parts of the base that are on other servers, which a control keeps from being told. */
async function fetch(
  { connection, query, terms, accepted, findScope }: HostSweep,
  queue: PagedSearch['queue'],
): Promise<readonly string[]> {
  const { controls, elsewhere } = await findScope();
  await fetchPages({ connection, query, terms, accepted, controls, queue });
  return elsewhere;
}

function withElsewhere(end: SweepEnd, elsewhere: readonly string[]): SweepEnd {
  return elsewhere.length > 0 ? referralSeen(elsewhere) : end;
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
