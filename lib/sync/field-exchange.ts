import { isDeepStrictEqual } from 'node:util';
import { toReadableEmails, type UserRecord } from '../../models/user.js';
import type { FieldChange } from './change-row.js';
import { CLAIM } from './user-marks.js';

/** A filter: the field still holds what it held. Of addresses it is only asked whether they are still the same ones. */
export function toExpectation({ field, from }: FieldChange): object {
  if (field !== 'emails') return { [field]: from ?? null };
  const addresses = toReadableEmails(from).map(({ address }) => address);
  const others = { $elemMatch: { address: { $type: 'string', $nin: addresses } } };
  // Not `$all`: not every server of MongoDB's protocol looks for it in more than one element.
  return { $and: [...addresses.map((address) => ({ 'emails.address': address })), { emails: { $not: others } }] };
}

/** As {@link toExpectation}, of a document that has been read. */
export function isAsExpected(user: UserRecord, { field, from }: FieldChange): boolean {
  const actual: unknown = user[field as keyof UserRecord];
  return field === 'emails' ? isDeepStrictEqual(toAddresses(actual), toAddresses(from)) : actual === from;
}

/** The update that gives the fields their new values, and takes the mark off. */
export function toExchange(fields: readonly FieldChange[], now: Date): { $set: object; $unset: object } {
  const filled = fields.filter(({ to }) => to !== undefined).map(({ field, to }): [string, unknown] => [field, to]);
  const emptied = fields.filter(({ to }) => to === undefined).map(({ field }): [string, ''] => [field, '']);
  return { $set: { ...Object.fromEntries(filled), _updatedAt: now }, $unset: { ...Object.fromEntries(emptied), [CLAIM]: '' } };
}

/** The addresses that the user would have and did not have. */
export function toNewAddresses(fields: readonly FieldChange[]): readonly string[] {
  return fields.flatMap(({ field, from, to }) => {
    if (field !== 'emails') return [];
    const before = toAddresses(from);
    return [...toAddresses(to)].filter((address) => !before.has(address));
  });
}

function toAddresses(emails: unknown): ReadonlySet<string> {
  return new Set(toReadableEmails(emails).map(({ address }) => address));
}
