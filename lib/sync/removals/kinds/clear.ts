import { toNameKey } from '../../../mapping/name-keys.js';
import type { RemovalRow } from '../../../../models/change-row.js';
import { ADMIN_ROLE } from '../../../../models/role.js';
import { ABAC_FIELD } from '../../plan/abac.js';
import { followsAccess } from '../../plan/access-diff.js';
import type { ManagedField } from '../../plan/diff.js';
import {
  areSameValues,
  isAsExpected,
  toExchange,
  toLostAddresses,
  toNewAddresses,
} from '../../users/field-exchange.js';
import { isLinkedById } from '../row-identity.js';
import { followsEntries, TO_ENTRY } from './follows-entry.js';
import type { Carried, PresentUser, RemovalKindDefinition } from './removal-kind.js';
import { confirmTakenRoles, giveRolesBack, isAboutRoles, takenRoles, takeRoles } from './taken-roles.js';

/** A field that loses an address, a role or another value. */
export const CLEAR: RemovalKindDefinition = {
  would: 'stripped of an address or another value',
  called: { one: 'loss of an address or another value', many: 'lost addresses or other values' },
  label: 'clearing',
  outcome: { done: 'updated', takenBack: 'updated' },
  isAllowedBy: (settings, row) => followsEntries(settings) || (isAboutAccess(row) && followsAccess(settings)),
  link: TO_ENTRY,
  isConfirmedByAbsence: false,
  isConfirmedByState: false,

  exchange: {
    names: 'emails',
    gives({ fields }) {
      const kept = new Set(toNewAddresses(fields).map(toNameKey));
      const lost = toLostAddresses(fields).map(toNameKey);
      return lost.filter((address) => !kept.has(address));
    },
    wants: ({ fields }) => toNewAddresses(fields),
    // Without the field: a unique index may take two empty lists for the same value.
    toInterim: () => ({ set: {}, unset: ['emails'] }),
    toTaken(row) {
      const addresses = toNewAddresses(row.fields).join(', ');
      return {
        code: 'address-taken',
        params: { addresses },
        reason: `Of the addresses ${addresses} that the directory now says, one belongs to another account.`,
        remedy: 'Change the address of one of the two.',
      };
    },
    toTakenSince: () => ({
      code: 'address-taken',
      params: {},
      reason: 'An earlier address of the user belongs to another account by now.',
      remedy: 'Change the address of one of the two.',
    }),
  },

  takes: (row) => takenRoles(row).map((name) => ({ kind: 'roles', name })),
  takesAdmin: (row) => takenRoles(row).includes(ADMIN_ROLE),

  confirm(row, diff, facts) {
    if (isAboutRoles(row)) return confirmTakenRoles(row, diff, facts);
    const { clear } = diff;
    const isWanted = row.fields.every(
      ({ field, to }) =>
        clear.has(field as ManagedField) && areSameValues(field, clear.get(field as ManagedField), to),
    );
    if (!isWanted) return { refused: 'The directory no longer says so.' };
    // The same addresses, with the `verified` flags that they would get now.
    const fields = row.fields.map((change) =>
      change.to === undefined ? change : { ...change, to: clear.get(change.field as ManagedField) },
    );
    return { by: 'without-value', reason: 'has no such value in the directory', fields };
  },

  carryOut: (row, present) => (isAboutRoles(row) ? takeRoles : takeValues)(row, present),
  takeBack: (row, present) => (isAboutRoles(row) ? giveRolesBack : exchangeFields)(row, present),
  toSubject(row) {
    const [change] = row.fields;
    if (isAboutRoles(row)) return ['roles', takenRoles(row)];
    if (change?.field !== 'emails') return row.fields;
    return ['emails', toLostAddresses(row.fields), toNewAddresses(row.fields)];
  },
  changedSince: 'The field was changed',
};

function isAboutAccess({ fields }: RemovalRow): boolean {
  return fields.length > 0 && fields.every(({ field }) => field === ABAC_FIELD);
}

/** From nobody who was unlinked, or linked to another entry, since the look-up. */
function takeValues(row: RemovalRow, present: PresentUser): Carried {
  return isLinkedById(present.user, row) ? exchangeFields(row, present) : { obstacle: 'changed' };
}

function exchangeFields({ fields }: RemovalRow, { user, stamp: { now } }: PresentUser): Carried {
  return isAsExpected(user, fields) ? { update: toExchange(fields, user, now) } : { obstacle: 'changed' };
}
