import { isActive } from '../../../../models/active-user.js';
import type { FieldChange, RemovalRow } from '../../../../models/change-row.js';
import type { UserRecord } from '../../../../models/user.js';
import { storedIdOf } from '../../../mapping/ldap-identity.js';
import { toNameKey } from '../../../mapping/name-keys.js';
import { isAsExpected, toExchange, toNewAddresses } from '../../users/field-exchange.js';
import type { UserUpdate } from '../../users/user-store.js';
import { followsEntries, TO_ENTRY } from './follows-entry.js';
import type { Carried, PresentUser, RemovalKindDefinition } from './removal-kind.js';

/**
 * Frees the user name and the addresses of somebody who has left, for a newcomer who has them in the
 * directory. Every row needs a decision: only a person can say whether the newcomer is somebody else.
 */
export const RELEASE: RemovalKindDefinition = {
  would: 'renamed, or stripped of an address, for a newcomer',
  called: { one: 'release of a name', many: 'released names' },
  label: 'release',
  outcome: { done: 'updated', takenBack: 'updated' },
  isConfirmedByAbsence: true,
  isConfirmedByState: false,
  isAllowedBy: followsEntries,
  link: TO_ENTRY,
  absence: { isOnlyGone: true, isAskedFor: ({ freeNames }) => freeNames },

  exchange: {
    names: 'usernames',
    gives: (row) => names(row, 'from').map(toNameKey),
    wants: (row) => names(row, 'to'),
    alsoWants: ({ fields }) => toNewAddresses(fields),
    toInterim: (userId) => ({ set: { username: `ldap-sync.interim.${userId}` } }),
    toTaken(row) {
      const username = names(row, 'to').join(', ');
      return {
        code: 'username-taken',
        params: { username },
        reason: `The user name ${username} that this account was to get belongs to another account by now.`,
        remedy: 'Run the sync again; it finds another name.',
      };
    },
    toTakenSince: () => ({
      code: 'username-taken',
      params: {},
      reason: 'The former user name or an address of the account belongs to another account by now.',
      remedy: 'Nothing, if that one is to keep it; else change one of the two by hand.',
    }),
  },

  confirm: () => ({
    refused: 'The person is in the directory again, and keeps the user name and addresses.',
  }),

  carryOut(row, present) {
    const { user } = present;
    if (isActive(user) || storedIdOf(user) !== row.ldapId) return { obstacle: 'changed' };
    return exchange(row, present);
  },

  takeBack: exchange,
  changedSince: 'The user name or the addresses were changed',
};

function exchange({ fields }: RemovalRow, { user, stamp: { now } }: PresentUser): Carried {
  if (!isAsExpected(user, fields)) return { obstacle: 'changed' };
  return { update: withRenameMark(user, toExchange(fields, user, now)) };
}

/** The former name stays at the user until the new one stands wherever the chat server repeats it. */
function withRenameMark({ username, ldapSync }: UserRecord, update: UserUpdate): UserUpdate {
  const before = ldapSync?.renamedFrom ?? username;
  if (!('username' in update.set) || before === undefined) return update;
  return { ...update, set: { ...update.set, 'ldapSync.renamedFrom': before } };
}

function names({ fields }: RemovalRow, side: 'from' | 'to'): readonly string[] {
  return fields.flatMap((change: FieldChange) => {
    const name = change.field === 'username' ? change[side] : undefined;
    return typeof name === 'string' ? [name] : [];
  });
}
