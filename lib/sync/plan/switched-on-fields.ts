import { toKeptValue, type FieldChange } from '../../../models/change-row.js';
import type { UserRecord } from '../../../models/user.js';

/** What switching this user on changes: also why the user was off, so that a revert can say it again. */
export function toSwitchedOnFields({ active, inactiveReason, ldapSync }: UserRecord): readonly FieldChange[] {
  const because = ldapSync?.deactivatedBecause;
  return [
    { field: 'active', ...from(active), to: true },
    ...(inactiveReason === undefined ? [] : [{ field: 'inactiveReason', ...from(inactiveReason) }]),
    ...(because === undefined ? [] : [{ field: 'ldapSync.deactivatedBecause', ...from(because) }]),
  ];
}

function from(value: unknown): { from?: unknown } {
  return value === undefined ? {} : { from: toKeptValue(value) };
}
