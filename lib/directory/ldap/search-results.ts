import { toFailure, type LdapSyncError } from '../../errors.js';
import { toFinding, type Finding } from '../../findings/finding.js';
import { quote, toSaid } from './connection-errors.js';
import { LIMITS } from '../wire/limits.js';
import type { SearchQuery, SweepEnd } from '../directory.js';
import { AwayError } from './away-error.js';
import type { PageEnd } from './search-page.js';
import type { Refusal } from './refusals.js';

/** Result codes of RFC 4511 §4.1.9 that a search may end with. */
export const RESULT = {
  timeLimitExceeded: 3,
  sizeLimitExceeded: 4,
  referral: 10,
  adminLimitExceeded: 11,
  unavailableCriticalExtension: 12,
  noSuchObject: 32,
  insufficientAccessRights: 50,
  unwillingToPerform: 53,
} as const;

type Incomplete = Extract<SweepEnd, { complete: false }>;

/** What to do when a server answers with a limit before the first entry: the request itself is too large. */
const SMALLER_REQUESTS =
  'The server refuses requests of this size: lower LDAP_Search_Page_Size, or raise the page size and the size ' +
  'limits of the service account on the directory server. ';

/** A result that ends the search early but leaves what came before it usable. */
export function toIncomplete(
  { resultCode, diagnostic }: Pick<PageEnd, 'resultCode' | 'diagnostic'>,
  { sizeLimit }: Pick<SearchQuery, 'sizeLimit'>,
  read: number,
): Incomplete | undefined {
  switch (resultCode) {
    case RESULT.sizeLimitExceeded:
      return sizeLimit > 0 && read >= sizeLimit
        ? sizeLimitReached(read, diagnostic)
        : limitOfServer(read, diagnostic);
    case RESULT.timeLimitExceeded:
      return {
        complete: false,
        reason: 'time-limit',
        message:
          `The directory server stopped after ${read} entries because its time limit was ` +
          `reached${quote(diagnostic)}.`,
        remedy:
          'Raise the time limit of the service account on the directory server, or index what ' +
          'LDAP_User_Search_Filter asks for.',
      };
    case RESULT.adminLimitExceeded:
      return {
        complete: false,
        reason: 'admin-limit',
        message:
          `The directory server stopped after ${read} entries because of an administrative ` +
          `limit${quote(diagnostic)}.`,
        remedy:
          (read === 0 ? SMALLER_REQUESTS : '') +
          'Raise the look-through limit of the service account on the directory server, or index what ' +
          'LDAP_User_Search_Filter asks for.',
      };
    default:
      return undefined;
  }
}

export function sizeLimitReached(read: number, diagnostic = ''): Incomplete {
  return {
    complete: false,
    reason: 'size-limit',
    message: `The search ended at its size limit after ${read} entries; there are more${quote(diagnostic)}.`,
    remedy:
      'Raise LDAP_Search_Size_Limit (0 = no limit), and the size limit of the service account on the ' +
      'directory server.',
  };
}

/** The limit is the server's own: the search asked for more. */
function limitOfServer(read: number, diagnostic: string): Incomplete {
  return {
    complete: false,
    reason: 'size-limit',
    message:
      `The directory server stopped at a size limit of its own after ${read} ` +
      `entries${quote(diagnostic)}.`,
    remedy:
      (read === 0 ? SMALLER_REQUESTS : '') +
      'Raise the size limit of the service account on the directory server, or let it read in pages ' +
      '(LDAP_Search_Page_Size above 0; OpenLDAP: size.prtotal). Some servers give more to who asks for ' +
      'more: for those, set LDAP_Search_Size_Limit above the number of people.',
  };
}

export function pagingUnsupported(): Incomplete {
  return {
    complete: false,
    reason: 'paging-unsupported',
    message: 'The directory server does not page its results, so nothing shows that all entries came.',
    remedy: 'Set LDAP_Search_Page_Size to 0 if the server is known to send everything at once.',
  };
}

export function referralSeen(urls: readonly string[]): Incomplete {
  const targets = urls.map((url) => url.slice(0, 200)).slice(0, LIMITS.references);
  return {
    complete: false,
    reason: 'referral',
    message:
      'A part of the directory is on another server, which was not ' +
      `searched: ${targets.join(', ') || 'unnamed'}.`,
    remedy:
      'Choose a LDAP_BaseDN that is wholly on one server, or the global catalogue (LDAP_Port 3268 or 3269). ' +
      'If nobody who is synced is there, look at the list (ldap.runChanges) and approve it (ldap.approveRun).',
  };
}

/** A result that means the search could not be done. */
export function toSearchError(
  { resultCode, name, diagnostic, refusal }: Pick<PageEnd, 'resultCode' | 'name' | 'diagnostic' | 'refusal'>,
  { baseDN }: SearchQuery,
): LdapSyncError {
  const values = { result: name, said: toSaid(diagnostic) };
  if (refusal) return toRefused(refusal, values);
  return toFailure('directory-search', toSearchFinding(resultCode, baseDN, values));
}

interface Said {
  readonly result: string;
  readonly said: string | undefined;
}

function toSearchFinding(resultCode: number, baseDN: string, values: Said): Finding {
  switch (resultCode) {
    case RESULT.noSuchObject:
      return toFinding('base-missing', { ...values, base: JSON.stringify(baseDN.slice(0, 200)) });
    case RESULT.insufficientAccessRights:
    case RESULT.unwillingToPerform:
      return toFinding('search-refused', values);
    default:
      return toFinding('search-failed', { ...values, number: String(resultCode) });
  }
}

function toRefused({ reason, remedy, isAway }: Refusal, values: Said): LdapSyncError {
  const finding = toFinding('search-refused-because', { ...values, why: reason, todo: remedy });
  return isAway
    ? new AwayError('directory-search', finding, { absence: 'refusing' })
    : toFailure('directory-search', finding);
}
