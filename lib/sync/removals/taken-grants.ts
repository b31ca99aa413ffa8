import type { RemovalRow } from '../../../models/change-row.js';
import type { GrantKind, SyncSettings } from '../../settings/sync-settings.js';
import type { TakenGrant } from './kinds/removal-kind.js';
import { KINDS } from './kinds/removal-kinds.js';
import type { LookUpResult } from './look-up-result.js';

/** The groups that have to be asked about these rows: none where no row takes what groups give. */
export function toAskedGrants(
  rows: readonly RemovalRow[],
  grants: SyncSettings['grants'],
): SyncSettings['grants'] {
  const kinds = new Set<GrantKind>(rows.flatMap((row) => takenBy(row).map(({ kind }) => kind)));
  return Object.fromEntries(Object.entries(grants).filter(([kind]) => kinds.has(kind as GrantKind)));
}

/**
 * Of what each row takes, what all three witnesses say that no group gives the person. Searches, a person and
 * a group at a time; rejects with `LdapSyncError` when the connection fails.
 */
export async function findWithheld(
  rows: readonly RemovalRow[],
  lookedUp: ReadonlyMap<string, LookUpResult>,
): Promise<ReadonlyMap<RemovalRow, readonly TakenGrant[]>> {
  const found = new Map<RemovalRow, readonly TakenGrant[]>();
  for (const row of rows) {
    const where = lookedUp.get(row.ldapId);
    const given = where?.kind === 'present' ? where.given : undefined;
    if (!given) continue;
    const withheld: TakenGrant[] = [];
    for (const taken of takenBy(row))
      if (await given.isWithheld(taken.kind, taken.name)) withheld.push(taken);
    found.set(row, withheld);
  }
  return found;
}

function takenBy(row: RemovalRow): readonly TakenGrant[] {
  return KINDS[row.kind].takes?.(row) ?? [];
}
