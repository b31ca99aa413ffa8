import { LdapSyncError } from '../../errors.js';
import { quote } from './connection-errors.js';
import { LIMITS } from '../wire/limits.js';
import type { SearchQuery, SweepEnd } from '../directory.js';
import type { PageEnd } from './search-page.js';

/** Result codes of RFC 4511 §4.1.9 that a search may end with. */
export const RESULT = {
  timeLimitExceeded: 3,
  sizeLimitExceeded: 4,
  referral: 10,
  adminLimitExceeded: 11,
  unavailableCriticalExtension: 12,
  noSuchObject: 32,
  insufficientAccessRights: 50,
  busy: 51,
  unavailable: 52,
  unwillingToPerform: 53,
} as const;

type Incomplete = Extract<SweepEnd, { complete: false }>;

const READ_RIGHTS = 'Let the service account (LDAP_Authentication_UserDN) read the people under LDAP_BaseDN.';

/** A result that ends the search early but leaves what came before it usable. */
export function toIncomplete(resultCode: number, diagnostic: string, read: number): Incomplete | undefined {
  switch (resultCode) {
    case RESULT.sizeLimitExceeded:
      return sizeLimitReached(read, diagnostic);
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
      'Choose a LDAP_BaseDN that is wholly on one server, or the global catalogue (LDAP_Port 3268 or 3269).',
  };
}

/** A result that means the search could not be done. */
export function toSearchError(
  { resultCode, name, diagnostic }: Pick<PageEnd, 'resultCode' | 'name' | 'diagnostic'>,
  { baseDN }: SearchQuery,
): LdapSyncError {
  const fail = (message: string, remedy: string): LdapSyncError =>
    new LdapSyncError('directory-search', `${message}${quote(diagnostic)}.`, { remedy });
  switch (resultCode) {
    case RESULT.noSuchObject:
      return fail(
        `There is no entry ${JSON.stringify(baseDN.slice(0, 200))} in the directory`,
        `Correct LDAP_BaseDN. ${READ_RIGHTS}`,
      );
    case RESULT.insufficientAccessRights:
    case RESULT.unwillingToPerform:
      return fail(
        `The directory server refused the search (${name})`,
        `${READ_RIGHTS} An anonymous search may be forbidden: see LDAP_Authentication.`,
      );
    case RESULT.busy:
    case RESULT.unavailable:
      return fail(`The directory server is ${name}`, 'Run the sync again later.');
    default:
      return fail(
        `The search failed: ${name} (${resultCode})`,
        'Check LDAP_BaseDN and LDAP_User_Search_Filter, and the log of the directory server.',
      );
  }
}
