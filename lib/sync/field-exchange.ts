import { isDeepStrictEqual } from 'node:util';
import { toReadableEmails, type UserRecord } from '../../models/user.js';
import type { FieldChange } from './change-row.js';

/** Whether two values of a field are the same; of addresses it only matters which they are. */
export function areSameValues(field: string, one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(field === 'emails' ? toAddresses(one) : one, field === 'emails' ? toAddresses(other) : other);
}

/** Whether every field still holds what it held. */
export function isAsExpected(user: Readonly<Record<string, unknown>> | UserRecord, fields: readonly FieldChange[]): boolean {
  return fields.every(({ field, from }) => areSameValues(field, user[field as keyof typeof user], from));
}

/** The update of a user, as stored, that gives the fields their new values. */
export function toExchange(fields: readonly FieldChange[], stored: Readonly<Record<string, unknown>>, now: Date): { $set: object; $unset?: object } {
  const filled = fields.filter(({ to }) => to !== undefined).map(({ field, to }): [string, unknown] => [field, field === 'emails' ? withConfirmations(to, stored[field]) : to]);
  const emptied = fields.filter(({ to }) => to === undefined).map(({ field }): [string, ''] => [field, '']);
  return { $set: { ...Object.fromEntries(filled), _updatedAt: now }, ...(emptied.length > 0 ? { $unset: Object.fromEntries(emptied) } : {}) };
}

/** The addresses that the user would have and did not have. */
export function toNewAddresses(fields: readonly FieldChange[]): readonly string[] {
  return differenceOf(fields, 'to', 'from');
}

/** The addresses that the user would have no longer. */
export function toLostAddresses(fields: readonly FieldChange[]): readonly string[] {
  return differenceOf(fields, 'from', 'to');
}

function differenceOf(fields: readonly FieldChange[], side: 'from' | 'to', other: 'from' | 'to'): readonly string[] {
  return fields.flatMap((change) => {
    if (change.field !== 'emails') return [];
    const known = toAddresses(change[other]);
    return [...toAddresses(change[side])].filter((address) => !known.has(address));
  });
}

function withConfirmations(emails: unknown, stored: unknown): unknown {
  const confirmed = toAddresses(toReadableEmails(stored).filter(({ verified }) => verified));
  // What a run gives back is given back as it was, unless it has become better.
  return Array.isArray(emails) ? emails.map((email: unknown) => (isConfirmed(email, confirmed) ? { ...(email as object), verified: true } : email)) : emails;
}

function isConfirmed(email: unknown, confirmed: ReadonlySet<string>): boolean {
  return toReadableEmails([email]).some(({ address }) => confirmed.has(address));
}

function toAddresses(emails: unknown): ReadonlySet<string> {
  return new Set(toReadableEmails(emails).map(({ address }) => address));
}
