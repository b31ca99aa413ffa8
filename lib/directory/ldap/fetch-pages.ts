import { LdapSyncError } from '../../errors.js';
import type { LdapConnection } from './connection.js';
import type { SearchQuery, SweepEnd } from '../directory.js';
import type { EntryQueue } from './entry-queue.js';
import { LIMITS } from '../wire/limits.js';
import { FIRST_PAGE, searchPage, type PageEnd } from './search-page.js';
import {
  pagingUnsupported,
  referralSeen,
  RESULT,
  sizeLimitReached,
  toIncomplete,
  toSearchError,
} from './search-results.js';
import { createWantedAttributes } from '../wire/wanted-attributes.js';

/** A server that keeps sending empty pages is not going to end. */
const MAX_EMPTY_PAGES = 1_000;
/** Entries beyond the size limit that are passed over; a server that sends more is not going to end either. */
const MAX_EXCESS = 1_000;

/** What has come so far. */
interface Progress {
  read: number;
  /** Entries, and pieces of them, that came after the size limit. */
  excess: number;
  hasReferral: boolean;
  readonly referrals: string[];
}

/** A sweep, and where its entries go. */
export interface PagedSearch {
  readonly connection: LdapConnection;
  readonly query: SearchQuery;
  /** Longest silence of the server. */
  readonly timeoutMs: number;
  readonly queue: EntryQueue<SweepEnd>;
}

/** Asks for page after page, one ahead of the consumer. */
export async function fetchPages({ connection, query, timeoutMs, queue }: PagedSearch): Promise<void> {
  const progress: Progress = { read: 0, excess: 0, hasReferral: false, referrals: [] };
  const wanted = createWantedAttributes(query.attributes, query.sliced);
  connection.listen({
    wanted,
    entry(entry, cost) {
      if (query.sizeLimit > 0 && progress.read >= query.sizeLimit) {
        progress.excess += 1;
        if (progress.excess > MAX_EXCESS) endHere();
      } else {
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

  /** The search is over; the connection is, too, since the server still answers it. */
  function endHere(): void {
    queue.finish(sizeLimitReached(progress.read));
    connection.fail(sizeLimitIgnored(query.sizeLimit));
  }

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
  { read, excess, hasReferral, referrals }: Progress,
): SweepEnd | undefined {
  if (excess > 0) return sizeLimitReached(read);
  if (page.resultCode === RESULT.referral) return referralSeen(page.referrals);
  const incomplete = toIncomplete(page.resultCode, page.diagnostic, read);
  if (incomplete) return incomplete;
  if (page.resultCode !== 0) throw toSearchError(page, query);
  if (query.pageSize > 0 && !page.cookie) return pagingUnsupported();
  if (page.cookie && page.cookie.length > 0) return undefined;
  return hasReferral ? referralSeen(referrals) : { complete: true };
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

function sizeLimitIgnored(sizeLimit: number): LdapSyncError {
  return new LdapSyncError(
    'directory-search',
    `The directory server went on sending entries after the size limit of ${sizeLimit}.`,
    { remedy: 'Look into the directory server: it does not keep the size limit of a search (RFC 4511).' },
  );
}
