import { isActive } from '../../../models/active-user.js';
import type { RemovalRow } from '../../../models/change-row.js';
import type { UserRecord } from '../../../models/user.js';
import { findDisabling } from '../../mapping/active-state.js';
import { toGrantsPart } from '../../mapping/grants.js';
import { mapEntry, type Person } from '../../mapping/map-entry.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import { diffUser, NO_DIFF, toDiffSettings } from '../plan/diff.js';
import { toActivation } from '../plan/switching.js';
import type { NameOwners } from '../plan/name-owners.js';
import type { NameRules } from '../plan/name-refusal.js';
import { MAY_NOT_BELONG, MEMBERSHIP_UNKNOWN, refuse, type Confirmation } from './confirmation.js';
import type { ConfirmedNow, ConfirmFacts, TakenGrant } from './kinds/removal-kind.js';
import { KINDS } from './kinds/removal-kinds.js';
import type { LookUpKind, LookUpResult } from './look-up-people.js';
import type { MembershipRules } from '../rooms/membership-rules.js';
import { identityOf } from './row-identity.js';

interface Facts {
  readonly where: LookUpResult & { readonly kind: 'present' };
  readonly former: LookUpKind | undefined;
  readonly user: UserRecord;
  readonly owners: NameOwners;
  readonly settings: SyncSettings;
  readonly nameRules: NameRules;
  readonly withheld: readonly TakenGrant[];
  readonly memberships: MembershipRules;
}

/** Whether the reason of a removal still holds, of a person whose entry is there. */
export function confirmPresent(row: RemovalRow, facts: Facts): Confirmation {
  const { where, user, settings } = facts;
  const { entry, dn } = where;
  if (row.because === 'missing-from-directory' && where.isMembershipUnknown) return MEMBERSHIP_UNKNOWN;
  if (row.because === 'missing-from-directory')
    return refuse(
      'present-after-all',
      'The person is in the directory after all, as a direct look-up shows; the user stays on.',
    );
  const kind = KINDS[row.kind];
  const mapped = mapEntry(entry, identityOf(row), settings.mapping);
  if ('rejection' in mapped) {
    const disabledBy = findDisabling(entry, settings.mapping);
    if (kind.isConfirmedByState && disabledBy !== undefined) return confirmState(row, facts, disabledBy);
    return refuse('entry-unreadable', `The entry cannot be read any more: ${mapped.rejection.reason}`, {
      cause: mapped.rejection.code,
      ...mapped.rejection.params,
    });
  }
  const { isMembershipUnknown } = where;
  // A decision brings nobody in of whom the group does not say that they belong.
  if (isMembershipUnknown && kind.connects?.(row)) return MAY_NOT_BELONG;
  const person: Person = {
    ...mapped.person,
    ...(isMembershipUnknown ? { hasUnknownMembership: true } : {}),
    ...toGrantsPart(mapped.person, where.given?.grants),
  };
  const diff = diffUser(person, user, toDiffSettings(settings));
  const now = kind.confirm(row, diff, toConfirmFacts(facts, person));
  const refusal = 'refused' in now ? undefined : kind.findRefusal?.(row, facts.nameRules);
  return refusal ? { confirmed: false, ...refusal } : toConfirmation(now, dn);
}

/** Of an entry that cannot be mapped, what it says of being disabled still counts. */
function confirmState(row: RemovalRow, facts: Facts, disabledBy: string): Confirmation {
  const { where, user, settings } = facts;
  const activation = toActivation(true, isActive(user), settings.policy.activeState);
  const now = KINDS[row.kind].confirm(
    row,
    { ...NO_DIFF, activation, disabledBy },
    toConfirmFacts(facts, undefined),
  );
  return toConfirmation(now, where.dn);
}

function toConfirmFacts(
  { where: { entry }, former: formerEntry, user, owners, settings, withheld, memberships }: Facts,
  person: Person | undefined,
): ConfirmFacts {
  return { person, entry, formerEntry, user, owners, settings, withheld, memberships };
}

function toConfirmation(now: ConfirmedNow, dn: string): Confirmation {
  return 'refused' in now ? refuse('no-longer-wanted', now.refused) : { confirmed: true, ...now, dn };
}
