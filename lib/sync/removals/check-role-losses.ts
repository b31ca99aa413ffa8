import { showInvisible } from '../../invisible-characters.js';
import { refuse, type GuardVerdict } from './guard.js';
import type { SweepState } from './sweep-state.js';

/**
 * Says whether groups give roles that several users would lose to anybody who was read. A group may list
 * members in a form that fits nobody; then it says of everybody that they are not in it. Pure.
 */
export function checkRoleLosses({
  losingRoles,
  givenRoles,
}: Pick<SweepState, 'losingRoles' | 'givenRoles'>): GuardVerdict {
  for (const [role, people] of losingRoles) {
    // A single user who loses the role may have been the last one who had it.
    if (people <= 1 || givenRoles.has(role)) continue;
    const shown = showInvisible(role);
    return refuse({
      code: 'role-nowhere',
      params: { role: shown, people },
      reason: `No group gives the role ${shown} to anybody who was read, and ${people} users would lose it.`,
      remedy:
        'Check LDAP_Sync_User_Data_Roles_Filter, LDAP_Sync_User_Data_RolesMap and who is in the groups. If ' +
        'they are right, look at the list (ldap.runChanges) and approve it (ldap.approveRun).',
    });
  }
  return { allowed: true };
}
