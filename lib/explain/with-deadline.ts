import { LdapSyncError } from '../errors.js';

/** Somebody is waiting for the answer. */
const DEADLINE_MS = 60_000;

/** Ends the work on a directory that takes longer than somebody waits. */
export async function withDeadline<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const tooLong = new LdapSyncError(
    'directory-timeout',
    `The directory did not answer within ${DEADLINE_MS / 1_000} seconds.`,
    {
      remedy:
        'Index what LDAP_User_Search_Filter and the user name are searched by on the directory server, ' +
        'then try again.',
    },
  );
  const timer = setTimeout(() => abort.abort(tooLong), DEADLINE_MS);
  try {
    return await work(abort.signal);
  } finally {
    clearTimeout(timer);
  }
}
