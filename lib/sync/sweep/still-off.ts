import { isActive } from '../../../models/active-user.js';
import type { DeactivationCause } from '../../../models/change-row.js';
import type { Advice } from '../../advice.js';
import { isInDoubt } from '../../mapping/lasting-ids.js';
import { isLeftAlone, userOf, type Decision } from '../plan/plan-page.js';

/**
 * What is told of a person whose entry is there and enabled, and whose user a sync switched off before: no
 * sync switches the user on. Whom an administrator switched off is not told of: that is no work of a sync.
 * Pure.
 */
export function findStillOff(decision: Decision): Advice | undefined {
  const user = userOf(decision);
  if (!user || isActive(user) || decision.person.disabled !== false) return undefined;
  // Nobody knows whether the user belongs to the group, or is the person of the entry.
  if (decision.person.hasUnknownMembership || isInDoubt(decision.person)) return undefined;
  // A user who is to be switched on waits for the guard only.
  if (decision.kind === 'existing' && decision.diff.activation === 'activate') return undefined;
  const cause: unknown = user.ldapSync?.deactivatedBecause;
  // Where users do not follow their entries, it is no news that one does not.
  return cause === 'disabled-in-directory' && isLeftAlone(decision) ? undefined : BY_CAUSE.get(cause);
}

const REMEDY =
  'Switch the user on in the administration of users (users.setActiveStatus), or set ' +
  'LDAP_Sync_User_Active_State to "enable" or "both".';

/** The stored cause may be any value. */
const BY_CAUSE: ReadonlyMap<unknown, Advice> = new Map<DeactivationCause, Advice>([
  [
    'missing-from-directory',
    {
      code: 'back-but-still-off',
      params: {},
      reason:
        'A sync switched this user off when the entry was missing; the entry is back, the user is still off.',
      remedy: REMEDY,
    },
  ],
  [
    'disabled-in-directory',
    {
      code: 'enabled-but-still-off',
      params: {},
      reason:
        'A sync switched this user off when the entry was disabled; the entry is enabled again, the user ' +
        'is still off, since LDAP_Sync_User_Active_State lets a sync switch nobody on.',
      remedy: REMEDY,
    },
  ],
]);
