/**
 * The kinds of what takes something away from a user, lets somebody in again, or says anew whose the user is,
 * each with the name under which reports count its people. Every other table of removal kinds is a `Record`
 * over these, so that the compiler names it when a kind comes.
 */
export const REMOVAL_COUNTS = {
  deactivate: 'deactivations',
  rename: 'renames',
  /** Users who lose an address or another value. */
  clear: 'clearings',
  /** Users who lose the photo that is no longer in the directory. */
  photo: 'photos',
  /** Users who leave a room that groups do not give them. */
  membership: 'memberships',
  /** Users who are switched on again. */
  reactivate: 'reactivations',
  /** Users who have left, and lose a name that a newcomer has in the directory. */
  release: 'releases',
  /** Accounts that are connected with an entry by somebody's decision. */
  merge: 'merges',
  /** Users who are linked to their entry by another id. */
  relink: 'relinks',
} as const;

export type RemovalKind = keyof typeof REMOVAL_COUNTS;
export type RemovalCount = (typeof REMOVAL_COUNTS)[RemovalKind];

/** Removals by kind, in people. */
export type RemovalCounts = Readonly<Record<RemovalCount, number>>;

export const REMOVAL_KINDS = Object.keys(REMOVAL_COUNTS) as readonly RemovalKind[];

/** Counts by kind. Records of an earlier version lack the counts of newer kinds, which are 0. */
export function toRemovalCounts(countOf: (count: RemovalCount, kind: RemovalKind) => number = () => 0): {
  -readonly [Count in RemovalCount]: number;
} {
  const counts = REMOVAL_KINDS.map((kind) => [REMOVAL_COUNTS[kind], countOf(REMOVAL_COUNTS[kind], kind)]);
  return Object.fromEntries(counts) as Record<RemovalCount, number>;
}

/** All removals together. */
export function sumOfRemovals(counts: Partial<RemovalCounts>): number {
  return REMOVAL_KINDS.reduce((sum, kind) => sum + (counts[REMOVAL_COUNTS[kind]] ?? 0), 0);
}
