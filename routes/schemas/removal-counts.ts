import { z } from 'zod';
import { REMOVAL_COUNTS, REMOVAL_KINDS, type RemovalCount } from '../../models/removal-kind.js';

const MEANINGS: Readonly<Record<RemovalCount, string>> = {
  deactivations: 'Users who would be switched off',
  renames: 'Users who would get another user name',
  clearings: 'Users who would lose an address or another value',
  photos: 'Users who would lose the photo that is no longer in the directory',
  memberships: 'Users who would leave a channel or a team that no group gives them',
  reactivations: 'Users who would be switched on again',
  releases: 'Users who have left, and would lose a name that a newcomer has in the directory',
  merges: "Accounts that would be connected with an entry by somebody's decision",
  relinks: 'Users who would be linked to their entry by another id',
};

const count = (name: RemovalCount) => z.int().describe(MEANINGS[name]);

/** Removals by kind, in people; every kind is there. */
export const removalCounts = z.strictObject(
  Object.fromEntries(
    REMOVAL_KINDS.map((kind) => [REMOVAL_COUNTS[kind], count(REMOVAL_COUNTS[kind])]),
  ) as Record<RemovalCount, ReturnType<typeof count>>,
);

export const removalKind = z.enum(REMOVAL_KINDS);
