import { REMOVAL_COUNTS, type RemovalCounts } from '../../../models/removal-kind.js';
import { describeLimits } from '../../settings/guard-settings.js';
import type { GuardLimit, GuardSettings } from '../../settings/sync-settings.js';
import { refuse, type GuardVerdict } from './guard.js';
import { KINDS, KINDS_IN_ORDER } from './kinds/removal-kinds.js';

/** How many removals of each kind a run wants, out of how many linked users. */
export interface WantedRemovals extends RemovalCounts {
  readonly linked: number;
}

/** Says whether that many removals may happen without anybody's approval. Pure. */
export function checkAmount(wanted: WantedRemovals, settings: GuardSettings): GuardVerdict {
  for (const kind of KINDS_IN_ORDER) {
    const count = REMOVAL_COUNTS[kind];
    const limit = toRemovalLimit(wanted.linked, settings.alwaysAllowed, settings[count]);
    if (wanted[count] <= limit) continue;
    const whom =
      wanted.linked === 0 ? 'users, of whom none was linked before,' : `of ${wanted.linked} linked users`;
    return refuse({
      code: 'too-many-removals',
      params: { kind: count, wanted: wanted[count], linked: wanted.linked, limit },
      reason:
        `${wanted[count]} ${whom} would be ${KINDS[kind].would}; more than ${limit} at once wait for an ` +
        'approval.',
      remedy:
        'Look at the list (ldap.runChanges); then approve it (ldap.approveRun), or mend the search base, ' +
        `the filter or the mapping.${describeLimits(kind)}`,
    });
  }
  return { allowed: true };
}

/** A share of the linked users, but at least `alwaysAllowed` and never more than the maximum. */
export function toRemovalLimit(
  linked: number,
  alwaysAllowed: number,
  { percent, maximum }: GuardLimit,
): number {
  return Math.min(maximum, Math.max(alwaysAllowed, Math.floor((linked * percent) / 100)));
}
