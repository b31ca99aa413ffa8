import type { FieldChange } from '../../../models/change-row.js';
import type { UserRecord } from '../../../models/user.js';
import { from } from './field-change.js';

/** What switching this user on changes: also why the user was off, so that a revert can say it again. */
export function toSwitchedOnFields({ active, inactiveReason, ldapSync }: UserRecord): readonly FieldChange[] {
  const { deactivatedBecause: because, deactivatedBy: by } = ldapSync ?? {};
  return [
    { field: 'active', ...from(active), to: true },
    ...(inactiveReason === undefined ? [] : [{ field: 'inactiveReason', ...from(inactiveReason) }]),
    ...(because === undefined ? [] : [{ field: 'ldapSync.deactivatedBecause', ...from(because) }]),
    ...(by === undefined ? [] : [{ field: 'ldapSync.deactivatedBy', ...from(by) }]),
  ];
}
