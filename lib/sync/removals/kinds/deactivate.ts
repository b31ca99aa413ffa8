import { isActive } from '../../../../models/active-user.js';
import { isFederated } from '../../plan/merge-obstacles.js';
import { withDueMail } from '../../users/due-mail.js';
import { isLastAdmin } from '../../users/user-store.js';
import { toActivation, toDeactivation } from '../../users/user-updates.js';
import { followsEntries, TO_ENTRY } from './follows-entry.js';
import { isLinkedById } from '../row-identity.js';
import type { RemovalKindDefinition } from './removal-kind.js';

/** Switching off: the person is gone, or disabled in the directory. */
export const DEACTIVATE: RemovalKindDefinition = {
  would: 'deactivated',
  called: { one: 'deactivation', many: 'deactivations' },
  label: 'deactivation',
  outcome: { done: 'deactivated', takenBack: 'reactivated' },
  switchesOff: 'carry-out',
  isAllowedBy: followsEntries,
  link: TO_ENTRY,
  isConfirmedByAbsence: true,
  isConfirmedByState: true,

  confirm: (_row, { activation, disabledBy }) =>
    activation === 'deactivate'
      ? {
          by: 'disabled',
          reason: `is disabled in the directory${disabledBy === undefined ? '' : ` (${disabledBy})`}`,
        }
      : { refused: 'The directory no longer shows the person as disabled, or the user is off already.' },

  carryOut(row, { user, admins, stamp }) {
    const { because = 'missing-from-directory', disabledBy } = row;
    if (!isActive(user) || !isLinkedById(user, row)) return { obstacle: 'changed' };
    if (isFederated(user)) return { obstacle: 'federated' };
    if (isLastAdmin(admins, user._id)) return { obstacle: 'last-admin' };
    const update = toDeactivation({ because, disabledBy }, stamp);
    return { update: withDueMail(user, update, { about: 'off', ...stamp }) };
  },

  takeBack(_row, { user, stamp }, target) {
    const isOffByTarget = user.active === false && user.ldapSync?.deactivatedByRun === target;
    if (!isOffByTarget) return { obstacle: 'changed' };
    return { update: withDueMail(user, toActivation(stamp, 'back'), { about: 'on', ...stamp }) };
  },

  toAccount: ({ by, reason, dn }) => ({
    code: 'switched-off',
    params: { cause: by, ...(dn === undefined ? {} : { dn }) },
    reason: `The person ${reason}; the user was switched off and signed out.`,
    remedy:
      'Nothing, if this is meant; else put the person back into the directory and switch the user ' +
      'on, or revert this run (ldap.revertRun).',
  }),

  changedSince: 'The user was switched on or off again',
  afterRevert: {
    message:
      'Whoever was switched on again has to sign in anew: sessions, personal access tokens and what other ' +
      'applications were granted (OAuth) cannot be given back. The next sync wants the same again while ' +
      'the directory says so.',
    remedy: 'Mend the directory or the settings before the next sync.',
  },
};
