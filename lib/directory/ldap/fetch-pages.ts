import { LdapSyncError } from '../../errors.js';
import type { LdapConnection } from './connection.js';
import type { SearchQuery, SweepEnd } from '../directory.js';
import type { EntryQueue } from './entry-queue.js';
import {
  toFirstRequest,
  toPageNotice,
  toSmallerRequest,
  type AcceptedSizes,
  type RequestSize,
} from './page-sizes.js';
import { FIRST_PAGE, searchPage, type PageEnd, type SearchTerms } from './search-page.js';
import {
  pagingUnsupported,
  referralSeen,
  RESULT,
  sizeLimitReached,
  toIncomplete,
  toSearchError,
} from './search-results.js';
import { withAliasMark } from './alias-entries.js';
import { toListener, type Progress } from './search-progress.js';
import { createWantedAttributes, createWantedNames } from '../wire/wanted-attributes.js';

/** A server that keeps sending empty pages is not going to end. */
const MAX_EMPTY_PAGES = 1_000;

/** A sweep, and where its entries go. */
export interface PagedSearch {
  readonly connection: LdapConnection;
  readonly query: SearchQuery;
  readonly terms: SearchTerms;
  readonly controls: readonly string[];
  readonly accepted: AcceptedSizes;
  readonly queue: EntryQueue<SweepEnd>;
}

/** Asks for page after page, one ahead of the consumer. */
export async function fetchPages(search: PagedSearch): Promise<void> {
  const { connection, query, terms, controls, accepted, queue } = search;
  const progress: Progress = { read: 0, excess: 0, hasReferral: false, referrals: [] };
  const names = withAliasMark(query.attributes);
  const wanted = query.namesOnly ? createWantedNames(names) : createWantedAttributes(names, query.sliced);
  connection.listen(toListener(search, wanted, progress));

  const first = toFirstRequest(query, accepted);
  let size = first;
  let cookie = FIRST_PAGE;
  let emptyPages = 0;
  for (;;) {
    const readBefore = progress.read;
    const request = { query: { ...query, ...size }, wanted, terms, controls };
    const page = await searchPage(connection, request, size.pageSize > 0 ? cookie : undefined);
    queue.flush();
    const other = toOtherRequest(page, size, progress);
    if (other) {
      size = other;
      cookie = FIRST_PAGE;
      continue;
    }
    const isSmaller = size.pageSize > 0 && size.pageSize < first.pageSize;
    if (isSmaller && page.resultCode === 0) accepted.pageSize = size.pageSize;
    const end = toSweepEnd(page, query, progress);
    if (end) {
      const notice = end.complete ? toPageNotice(first.pageSize, size.pageSize) : undefined;
      return queue.finish(notice ? { complete: true, notice } : end);
    }
    cookie = page.cookie ?? FIRST_PAGE;
    emptyPages = progress.read === readBefore ? emptyPages + 1 : 0;
    if (emptyPages > MAX_EMPTY_PAGES) return queue.fail(endlessPages());
    await queue.room();
  }
}

/** What to ask for instead, when the server refused the request before the first entry. */
function toOtherRequest(
  { resultCode, refusal }: PageEnd,
  size: RequestSize,
  { read, excess, hasReferral }: Progress,
): RequestSize | undefined {
  if (read > 0 || excess > 0 || hasReferral) return undefined;
  // Where the server says nothing else of why it will not, it may be the pages.
  const mayBePages = resultCode === RESULT.unwillingToPerform && refusal === undefined;
  if ((resultCode === RESULT.unavailableCriticalExtension || mayBePages) && size.pageSize > 0)
    return { ...size, pageSize: 0 };
  if (resultCode !== RESULT.sizeLimitExceeded && resultCode !== RESULT.adminLimitExceeded) return undefined;
  return toSmallerRequest(size);
}

/** How the sweep ends with this page; `undefined` when there is another. Throws when the search failed. */
function toSweepEnd(
  page: PageEnd,
  query: SearchQuery,
  { read, excess, hasReferral, referrals }: Progress,
): SweepEnd | undefined {
  if (excess > 0) return sizeLimitReached(read);
  const isReferred = page.resultCode === RESULT.referral;
  // What leads to a partition without people has been taken out of the referrals.
  if (isReferred && !page.leadsNowhere) return referralSeen(page.referrals);
  const incomplete = toIncomplete(page, query, read);
  if (incomplete) return incomplete;
  if (isReferred) return toCompleteEnd(hasReferral, referrals);
  if (page.resultCode !== 0) throw toSearchError(page, query);
  return (
    toPagingEnd(page, query, read) ?? (isLastPage(page) ? toCompleteEnd(hasReferral, referrals) : undefined)
  );
}

function isLastPage({ cookie }: PageEnd): boolean {
  return cookie === undefined || cookie.length === 0;
}

function toCompleteEnd(hasReferral: boolean, referrals: readonly string[]): SweepEnd {
  return hasReferral ? referralSeen(referrals) : { complete: true };
}

/** Where the pages themselves end the sweep early. */
function toPagingEnd(
  page: PageEnd,
  { pageSize, sizeLimit }: SearchQuery,
  read: number,
): SweepEnd | undefined {
  // Servers pass over pages that are as large as the limit (RFC 2696 §3); no result code says that there are
  // more.
  const isFew = sizeLimit > 0 && sizeLimit <= pageSize;
  if (pageSize > 0 && !page.cookie && !isFew) return pagingUnsupported();
  return !isLastPage(page) && sizeLimit > 0 && read >= sizeLimit ? sizeLimitReached(read) : undefined;
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
