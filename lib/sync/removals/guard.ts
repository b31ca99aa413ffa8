import type { Advice } from '../../advice.js';
import type { SweepEnd } from '../../directory/directory.js';
import { LOSABLE_FIELDS, type LosableField } from '../plan/fields-of-run.js';

/** What a run knows when the last entry has been read. */
export interface SweepFacts {
  readonly end: SweepEnd;
  /** Entries read. */
  readonly read: number;
  /** Entries without any attribute that identifies them. */
  readonly unidentified: number;
  /** Entries whose id had been read before. */
  readonly duplicates: number;
  /** Active linked users whose entries were read. */
  readonly activeLinkedSeen: number;
  /**
   * The sweep showed a user who verifies the directory; or no such user is left, and it showed an active
   * linked user.
   */
  readonly isVerified: boolean;
  /** Active linked users before the sweep. */
  readonly linkedBefore: number;
}

export interface GuardRefusal extends Advice {
  readonly allowed: false;
}

export type GuardVerdict = { readonly allowed: true } | GuardRefusal;

/**
 * `incomplete`: not everything was read, so there is no list of those who are missing. `unverified`: everything was
 * read, but nothing shows that it is the right directory, or everything but what the server referred elsewhere; an
 * administrator can decide about the list.
 */
export type SweepVerdict =
  | { readonly allowed: true; readonly sweep: 'verified' }
  | (GuardRefusal & { readonly sweep: 'incomplete' | 'unverified' });

const ALLOWED = { allowed: true } as const;

/** Says whether the sweep proves that a person who was not seen is not in the directory. Pure. */
export function checkSweep({
  end,
  read,
  unidentified,
  duplicates,
  activeLinkedSeen,
  isVerified,
  linkedBefore,
}: SweepFacts): SweepVerdict {
  // An administrator who knows what is on the other server can decide about the list; the checks below come first.
  const isReferred = !end.complete && end.reason === 'referral';
  if (!end.complete && !isReferred) {
    const params = { cause: end.reason };
    return refuseUnread({ code: 'sweep-incomplete', params, reason: end.message, remedy: end.remedy });
  }
  if (read === 0) {
    return refuseUnread({
      code: 'directory-empty',
      params: {},
      reason: 'The directory returned no entry at all.',
      remedy: 'Check LDAP_BaseDN, LDAP_User_Search_Filter and the read rights of the service account.',
    });
  }
  if (duplicates > 0) {
    return refuseUnread({
      code: 'entry-ids-repeated',
      params: { entries: duplicates },
      reason: `${duplicates} ${duplicates === 1 ? 'entry has' : 'entries have'} the same unique id as another one.`,
      remedy:
        'Give each entry its own id, or name an attribute that is unique in LDAP_Unique_Identifier_Field.',
    });
  }
  if (unidentified > 0) {
    return refuseUnread({
      code: 'entries-unidentified',
      params: { entries: unidentified },
      reason:
        `${unidentified} ${unidentified === 1 ? 'entry has' : 'entries have'} none of the unique id ` +
        'attributes.',
      remedy:
        'Name an attribute that every entry has in LDAP_Unique_Identifier_Field, or let the service ' +
        'account read it.',
    });
  }
  if (isReferred) {
    const params = { cause: end.reason };
    const advice = { code: 'sweep-incomplete', params, reason: end.message, remedy: end.remedy } as const;
    return { ...refuse(advice), sweep: 'unverified' };
  }
  // A user created by a run that may have read a wrong directory proves nothing about the users linked
  // before.
  if (linkedBefore > 0 && !isVerified) {
    const reason =
      activeLinkedSeen === 0
        ? `None of the ${linkedBefore} linked users was found among ${read} entries.`
        : `Of the ${linkedBefore} linked users, only such were found among ${read} entries as were ` +
          'linked while nothing showed that this is the right directory.';
    const remedy =
      'Check LDAP_BaseDN, LDAP_User_Search_Filter and LDAP_Unique_Identifier_Field. If they are right, ' +
      'look at the list (ldap.runChanges) and approve it (ldap.approveRun): whoever was found is known ' +
      'from then on.';
    const params = { linked: linkedBefore, found: activeLinkedSeen, entries: read };
    return { ...refuse({ code: 'directory-unverified', params, reason, remedy }), sweep: 'unverified' };
  }
  return { allowed: true, sweep: 'verified' };
}

/**
 * Says whether the directory has any value for the fields that several users would lose. `losing`: how many
 * users would lose a field, by field. Pure.
 */
export function checkClearings(
  losing: ReadonlyMap<string, number>,
  filled: ReadonlySet<string>,
  fields: readonly LosableField[] = LOSABLE_FIELDS,
): GuardVerdict {
  for (const { field, by, loss } of fields) {
    // A single user who loses the field may have been the last one who had it.
    if ((losing.get(field) ?? 0) <= 1 || filled.has(field)) continue;
    return refuse({
      code: 'attribute-nowhere',
      params: { field },
      reason: `No entry at all has the attribute of the ${loss.what}, so everybody who has one would lose it.`,
      remedy:
        `Check ${toSettings(by)} and the read rights of the service account. If they are right, look at ` +
        'the list (ldap.runChanges) and approve it (ldap.approveRun).',
    });
  }
  return ALLOWED;
}

/** The settings that name the attributes of a field. */
function toSettings({ ad, other }: LosableField['by']): string {
  return ad === other ? other : `${other} (${ad})`;
}

function refuseUnread(advice: Advice): SweepVerdict {
  return { ...refuse(advice), sweep: 'incomplete' };
}

export function refuse(advice: Advice): GuardRefusal {
  return { allowed: false, ...advice };
}
