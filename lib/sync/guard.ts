import type { SweepEnd } from '../directory/directory.js';

/** What a run knows when the last entry has been read. */
export interface SweepFacts {
  readonly end: SweepEnd;
  /** Entries read. */
  readonly read: number;
  /** Entries without any attribute that identifies them. */
  readonly unidentified: number;
  /** Entries whose id had been read before. */
  readonly duplicates: number;
  /** Entries whose id belongs to a linked user. */
  readonly linkedSeen: number;
  /** Active linked users before the sweep. */
  readonly linkedBefore: number;
}

/** How many removals of each kind a run wants, out of how many linked users. */
export interface WantedRemovals {
  readonly linked: number;
  readonly deactivations: number;
  readonly renames: number;
  /** Users who lose a field. */
  readonly clearings: number;
}

export type GuardVerdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: string; readonly remedy: string };

const SMALLEST_LIMIT = 10;
const LARGEST_SHARE = 0.1;

const ALLOWED: GuardVerdict = { allowed: true };

/** Says whether the sweep proves that somebody who was not seen is not there. Pure. */
export function checkSweep({ end, read, unidentified, duplicates, linkedSeen, linkedBefore }: SweepFacts): GuardVerdict {
  if (!end.complete) return refuse(end.message, end.remedy);
  if (read === 0) {
    return refuse(
      'The directory returned no entry at all.',
      'Check LDAP_BaseDN, LDAP_User_Search_Filter and the read rights of the service account.',
    );
  }
  if (duplicates > 0) {
    return refuse(
      `${duplicates} ${duplicates === 1 ? 'entry has' : 'entries have'} the same unique id as another one.`,
      'Give each entry its own id, or name an attribute that is unique in LDAP_Unique_Identifier_Field.',
    );
  }
  if (unidentified > 0) {
    return refuse(
      `${unidentified} ${unidentified === 1 ? 'entry has' : 'entries have'} none of the unique id attributes.`,
      'Name an attribute that every entry has in LDAP_Unique_Identifier_Field, or let the service account read it.',
    );
  }
  if (linkedBefore > 0 && linkedSeen === 0) {
    return refuse(
      `None of the ${linkedBefore} linked users was found among ${read} entries.`,
      'Check LDAP_BaseDN, LDAP_User_Search_Filter and LDAP_Unique_Identifier_Field.',
    );
  }
  return ALLOWED;
}

/** Says whether that many removals may happen without anybody's approval. Pure. */
export function checkAmount({ linked, deactivations, renames, clearings }: WantedRemovals): GuardVerdict {
  const limit = toRemovalLimit(linked);
  if (deactivations > limit) return tooMany(deactivations, 'deactivated', linked, limit);
  if (renames > limit) return tooMany(renames, 'renamed', linked, limit);
  if (clearings > limit) return tooMany(clearings, 'stripped of a field', linked, limit);
  return ALLOWED;
}

/** A tenth of the linked users, but at least 10. */
export function toRemovalLimit(linked: number): number {
  return Math.max(SMALLEST_LIMIT, Math.floor(linked * LARGEST_SHARE));
}

function tooMany(wanted: number, what: string, linked: number, limit: number): GuardVerdict {
  return refuse(
    `${wanted} of ${linked} linked users would be ${what}; more than ${limit} at once is held.`,
    'Check the search base, the filter and the mapping; if this is meant, take the people out of the directory in smaller steps.',
  );
}

function refuse(reason: string, remedy: string): GuardVerdict {
  return { allowed: false, reason, remedy };
}
