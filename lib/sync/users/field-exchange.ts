import { isDeepStrictEqual } from 'node:util';
import { toAddressKey } from '../../mapping/name-keys.js';
import { toReadableEmails } from '../../../models/user.js';
import type { FieldChange } from '../../../models/change-row.js';
import { valueAt } from '../plan/field-path.js';
import type { UserUpdate } from './user-store.js';

/**
 * Whether two values of a field are the same. Of addresses, neither the order nor the `verified` flag counts.
 */
export function areSameValues(field: string, one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(
    field === 'emails' ? toAddresses(one) : one,
    field === 'emails' ? toAddresses(other) : other,
  );
}

/** Whether every field still holds its expected value (`from`). */
export function isAsExpected(user: object, fields: readonly FieldChange[]): boolean {
  return fields.every(({ field, from }) => areSameValues(field, valueAt(user, field), from));
}

/** The update that gives the fields of a stored user their new values. */
export function toExchange(fields: readonly FieldChange[], stored: object, now: Date): UserUpdate {
  const set: Record<string, unknown> = { _updatedAt: now };
  const unset: string[] = [];
  for (const { field, to } of fields) {
    if (to === undefined) unset.push(field);
    else set[field] = field === 'emails' ? withStoredFlags(to, valueAt(stored, field)) : to;
  }
  return { set, unset };
}

/** The addresses that the user would have and did not have. */
export function toNewAddresses(fields: readonly FieldChange[]): readonly string[] {
  return differenceOf(fields, 'to', 'from');
}

/** The addresses that the user would have no longer. */
export function toLostAddresses(fields: readonly FieldChange[]): readonly string[] {
  return differenceOf(fields, 'from', 'to');
}

function differenceOf(
  fields: readonly FieldChange[],
  side: 'from' | 'to',
  other: 'from' | 'to',
): readonly string[] {
  return fields.flatMap((change) => {
    if (change.field !== 'emails') return [];
    const known = toAddresses(change[other]);
    return [...toAddresses(change[side])].filter((address) => !known.has(address));
  });
}

/** An address that stays keeps its stored `verified` flag: the exchange must not change it. */
function withStoredFlags(emails: unknown, stored: unknown): unknown {
  const flags = new Map(
    toReadableEmails(stored).map(({ address, verified }) => [toAddressKey(address), verified]),
  );
  if (!Array.isArray(emails)) return emails;
  return emails.map((email: unknown) => {
    const [readable] = toReadableEmails([email]);
    const key = toAddressKey(readable?.address ?? '');
    return flags.has(key) ? { ...(email as object), verified: flags.get(key) === true } : email;
  });
}

function toAddresses(emails: unknown): ReadonlySet<string> {
  return new Set(toReadableEmails(emails).map(({ address }) => address));
}
