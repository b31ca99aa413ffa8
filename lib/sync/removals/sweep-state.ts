import type { RemovalKind, RemovalRow } from '../../../models/change-row.js';
import type { RemovalCounts } from '../../../models/run-report.js';
import { createSeenIds, type SeenIds } from './seen-ids.js';

/** What a sweep has gathered so far. It keeps ids, never entries, so that it stays small. */
export interface SweepState {
  readonly seen: SeenIds;
  /** Lower-cased attributes the ids came from. */
  readonly idAttributes: Set<string>;
  /**
   * Lower-cased candidate attributes that at least one entry lacked: an unseen id of such an attribute proves
   * nothing.
   */
  readonly lackedIdAttributes: Set<string>;
  /** Removals that wait in the change log. */
  readonly wanted: { -readonly [Kind in keyof RemovalCounts]: RemovalCounts[Kind] };
  read: number;
  duplicates: number;
  unidentified: number;
  /** Users whose entries were read and who verify the directory (`isVerifier`). */
  verifiersSeen: number;
  /**
   * Users whose link is to be confirmed: those this run linked, and those it saw whose link an earlier run
   * left unconfirmed.
   */
  readonly unconfirmed: string[];
  /** The runs that had linked the users of `unconfirmed`. */
  readonly doubted: Set<string>;
  /** Fields for which some entry had a value of its own. */
  readonly filled: Set<string>;
  /** How many users would lose something of a field. */
  readonly losing: Map<string, number>;
  /**
   * Active linked users whose entries were read. When they are as many as before the sweep, nobody is
   * missing.
   */
  activeLinkedSeen: number;
  /**
   * Active linked users when the sweep began. Users whom the sweep creates do not count, because they prove
   * nothing.
   */
  readonly linkedBefore: number;
}

export function createSweepState(linkedBefore: number): SweepState {
  return {
    seen: createSeenIds(),
    idAttributes: new Set(),
    lackedIdAttributes: new Set(),
    wanted: { deactivations: 0, renames: 0, clearings: 0 },
    read: 0,
    duplicates: 0,
    unidentified: 0,
    verifiersSeen: 0,
    unconfirmed: [],
    doubted: new Set(),
    filled: new Set(),
    losing: new Map(),
    activeLinkedSeen: 0,
    linkedBefore,
  };
}

/** The count that each kind of removal belongs to. */
export const COUNTED_AS = {
  deactivate: 'deactivations',
  rename: 'renames',
  clear: 'clearings',
} as const satisfies Record<RemovalKind, keyof RemovalCounts>;

/** Counts people, not rows. All rows of a person have to come in one call, or the person is counted twice. */
export function countWanted(rows: readonly RemovalRow[], { wanted, losing }: SweepState): void {
  for (const kind of ['deactivate', 'rename', 'clear'] as const) {
    wanted[COUNTED_AS[kind]] += new Set(
      rows.filter((row) => row.kind === kind).map(({ userId }) => userId),
    ).size;
  }
  for (const { kind, fields } of rows)
    if (kind === 'clear') for (const { field } of fields) losing.set(field, (losing.get(field) ?? 0) + 1);
}
