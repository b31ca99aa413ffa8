import { LdapSyncError } from '../../errors.js';
import type { SearchQuery, SweepEnd } from '../directory.js';
import { LIMITS } from '../wire/limits.js';
import type { WantedAttributes } from '../wire/wanted-attributes.js';
import type { LdapConnection, SearchListener } from './connection.js';
import { isAlias } from './alias-entries.js';
import type { EntryQueue } from './entry-queue.js';
import { sizeLimitReached } from './search-results.js';

/** Entries beyond the size limit that are passed over; a server that sends more is not going to end either. */
const MAX_EXCESS = 1_000;

/** What has come so far. */
export interface Progress {
  read: number;
  /** Entries, and pieces of them, that came after the size limit. */
  excess: number;
  hasReferral: boolean;
  readonly referrals: string[];
}

/** Where the entries of a sweep go. */
interface Receiver {
  readonly connection: LdapConnection;
  readonly query: SearchQuery;
  readonly queue: EntryQueue<SweepEnd>;
}

/** Hands the entries on and counts what comes. */
export function toListener(
  { connection, query, queue }: Receiver,
  wanted: WantedAttributes,
  progress: Progress,
): SearchListener {
  return {
    wanted,
    entry(entry, cost) {
      if (isAlias(entry)) return;
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
  };

  /** The search is over; the connection is, too, since the server still answers it. */
  function endHere(): void {
    queue.finish(sizeLimitReached(progress.read));
    connection.fail(sizeLimitIgnored(query.sizeLimit));
  }
}

function sizeLimitIgnored(sizeLimit: number): LdapSyncError {
  return new LdapSyncError(
    'directory-search',
    `The directory server went on sending entries after the size limit of ${sizeLimit}.`,
    { remedy: 'Look into the directory server: it does not keep the size limit of a search (RFC 4511).' },
  );
}
