import type { RemovalRow } from '../../../models/change-row.js';
import type { SyncPolicy } from '../../settings/sync-settings.js';
import { refuse, SETTINGS_SAY_NO, type Confirmation } from './confirmation.js';
import { describeAbsence } from './describe-absence.js';
import type { RemovalKindDefinition } from './kinds/removal-kind.js';
import { KINDS } from './kinds/removal-kinds.js';
import type { LookUpResult } from './look-up-people.js';

const ANY_ABSENCE: NonNullable<RemovalKindDefinition['absence']> = {
  isOnlyGone: false,
  isAskedFor: ({ disableMissing }) => disableMissing,
};

/** Whether a removal holds whose person is not among those that are synced. Pure. */
export function confirmAbsence(
  row: RemovalRow,
  where: Exclude<LookUpResult, { readonly kind: 'present' }> | undefined,
  policy: SyncPolicy,
): Confirmation {
  const { isConfirmedByAbsence, absence = ANY_ABSENCE } = KINDS[row.kind];
  if (where === undefined || !isConfirmedByAbsence)
    return refuse('entry-no-longer-synced', 'The entry is no longer among those that are synced.');
  // A disabled person whose entry has since gone is treated like a missing person.
  if (!absence.isAskedFor(policy)) return SETTINGS_SAY_NO;
  if (absence.isOnlyGone && where.kind !== 'gone')
    return refuse(
      'present-after-all',
      `The entry is in the directory (${where.dn}), though it is not synced.`,
    );
  return {
    confirmed: true,
    by: where.kind,
    reason: describeAbsence(where),
    ...(where.kind === 'gone' ? {} : { dn: where.dn }),
  };
}
