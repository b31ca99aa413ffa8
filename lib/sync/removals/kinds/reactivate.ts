import { isActive } from '../../../../models/active-user.js';
import { isFederated } from '../../plan/merge-obstacles.js';
import { withDueMail } from '../../users/due-mail.js';
import { isLastAdmin } from '../../users/user-store.js';
import { toOffAgain, toReactivation } from '../../users/user-updates.js';
import { followsEntries, TO_ENTRY } from './follows-entry.js';
import { isLinkedById } from '../row-identity.js';
import type { RemovalKindDefinition } from './removal-kind.js';

/**
 * Switching on again: the directory shows the person as enabled. It takes nothing away from the user, but lets
 * somebody in. A directory that no longer shows who is disabled would let in everybody at once, so it waits for
 * the guard as switching off does.
 */
export const REACTIVATE: RemovalKindDefinition = {
  would: 'switched on again',
  called: { one: 'reactivation', many: 'reactivations' },
  label: 'reactivation',
  outcome: { done: 'reactivated', takenBack: 'deactivated' },
  switchesOff: 'take-back',
  isAllowedBy: followsEntries,
  link: TO_ENTRY,
  isConfirmedByAbsence: false,
  isConfirmedByState: false,

  confirm: (_row, { activation }) =>
    activation === 'activate'
      ? { by: 'enabled', reason: 'is enabled in the directory' }
      : { refused: 'The directory no longer shows the person as enabled, or the user is on already.' },

  carryOut(row, { user, stamp }) {
    if (isActive(user) || !isLinkedById(user, row)) return { obstacle: 'changed' };
    if (isFederated(user)) return { obstacle: 'federated' };
    return { update: withDueMail(user, toReactivation(stamp), { about: 'on', ...stamp }) };
  },

  takeBack({ fields }, { user, admins, stamp }, target) {
    if (!isActive(user) || user.ldapSync?.reactivatedByRun !== target) return { obstacle: 'changed' };
    if (isLastAdmin(admins, user._id)) return { obstacle: 'last-admin' };
    return { update: withDueMail(user, toOffAgain(fields, stamp), { about: 'off', ...stamp }) };
  },

  changedSince: 'The user was switched off, or off and on,',
  afterRevert: {
    message:
      'Whoever was switched off again was signed out, and the next sync wants to switch them on again while the ' +
      'directory says so.',
    remedy: 'Mend the directory or LDAP_Sync_User_Active_State before the next sync.',
  },
};
