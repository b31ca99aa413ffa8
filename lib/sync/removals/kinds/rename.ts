import { toNameKey } from '../../../mapping/name-keys.js';
import type { RemovalRow } from '../../../../models/change-row.js';
import { isFederated } from '../../plan/merge-obstacles.js';
import { findRenameRefusal } from '../../plan/name-refusal.js';
import { followsEntries, TO_ENTRY } from './follows-entry.js';
import type { Carried, PresentUser, RemovalKindDefinition } from './removal-kind.js';

/** Another user name: the person has one in the directory that differs. */
export const RENAME: RemovalKindDefinition = {
  would: 'renamed',
  called: { one: 'renaming', many: 'renames' },
  label: 'rename',
  outcome: { done: 'updated', takenBack: 'updated' },
  isAllowedBy: followsEntries,
  link: TO_ENTRY,
  isConfirmedByAbsence: false,
  isConfirmedByState: false,

  exchange: {
    names: 'usernames',
    gives: (row) => [toNameKey(toRenaming(row).from ?? '')],
    wants: (row) => [toRenaming(row).to],
    toInterim: (userId) => ({ set: { username: `ldap-sync.interim.${userId}` } }),
    toTaken(row) {
      const { to: username } = toRenaming(row);
      return {
        code: 'username-taken',
        params: { username },
        reason: `The directory now says ${username}, but that user name belongs to another account.`,
        remedy: 'Rename one of the two.',
      };
    },
    toTakenSince(row) {
      const { to: username } = toRenaming(row);
      return {
        code: 'username-taken',
        params: { username },
        reason: `The user name ${username} belongs to another account by now.`,
        remedy: 'Rename one of the two.',
      };
    },
  },

  confirm: (row, { rename }) =>
    rename !== undefined && rename.to === row.fields[0]?.to
      ? { by: 'renamed', reason: 'has another user name in the directory' }
      : { refused: 'The directory no longer says that user name.' },

  findRefusal: (row, rules) => findRenameRefusal(toRenaming(row), rules),

  carryOut(row, present) {
    if (isFederated(present.user)) return { obstacle: 'federated' };
    return present.teams?.has(toNameKey(toRenaming(row).to))
      ? { obstacle: 'team' }
      : exchangeName(row, present);
  },
  takeBack: exchangeName,
  toSubject: (row) => toRenaming(row).to,
  changedSince: 'The user name was changed',
};

/** `from`: the user name that the user is expected to have, if that counts. */
function toRenaming({ fields }: RemovalRow): {
  readonly from: string | undefined;
  readonly to: string;
} {
  const [username] = fields;
  return {
    from: typeof username?.from === 'string' ? username.from : undefined,
    to: typeof username?.to === 'string' ? username.to : '',
  };
}

/** `renamedFrom` stays at the user until the new name stands wherever the chat server repeats it. */
function exchangeName(row: RemovalRow, { user, stamp: { now } }: PresentUser): Carried {
  const { from, to } = toRenaming(row);
  if (to === '' || (from !== undefined && user.username !== from && user.username !== to))
    return { obstacle: 'changed' };
  const renamedFrom = user.ldapSync?.renamedFrom ?? user.username;
  const mark = renamedFrom === undefined ? {} : { 'ldapSync.renamedFrom': renamedFrom };
  return { update: { set: { username: to, ...mark, _updatedAt: now } } };
}
