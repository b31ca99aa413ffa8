import type { RemovalRow } from '../../../models/change-row.js';
import {
  REMOVAL_COUNTS,
  toRemovalCounts,
  type RemovalCounts,
  type RemovalKind,
} from '../../../models/removal-kind.js';

/** Counts rows by kind. */
export interface RowCounter {
  add(kind: RemovalKind): void;
  rows(): number;
  /** By kind; what is 0 is absent. */
  rowsByKind(): Partial<RemovalCounts>;
}

export function createRowCounter(): RowCounter {
  const rows = toRemovalCounts();
  let all = 0;
  return {
    add(kind) {
      rows[REMOVAL_COUNTS[kind]] += 1;
      all += 1;
    },
    rows: () => all,
    rowsByKind: () => Object.fromEntries(Object.entries(rows).filter(([, count]) => count > 0)),
  };
}

type Counted = Pick<RemovalRow, 'kind' | 'userId'>;

/** Counts removals, in people and in rows, whatever the order they come in. */
export interface RemovalCounter extends Pick<RowCounter, 'rows' | 'rowsByKind'> {
  add(row: Counted): void;
  people(): RemovalCounts;
}

export function createRemovalCounter(): RemovalCounter {
  const people = new Map<RemovalKind, Set<string>>();
  const { add, rows, rowsByKind } = createRowCounter();
  return {
    add({ kind, userId }) {
      const known = people.get(kind) ?? new Set();
      people.set(kind, known.add(userId));
      add(kind);
    },
    rows,
    rowsByKind,
    people: () => toRemovalCounts((_count, kind) => people.get(kind)?.size ?? 0),
  };
}
