import type { Change } from '../api/answers.js';
import { toPlace } from '../shown/dn.js';

/** What people of a list have in common, the heaviest first. */
export const HELD_GROUPS = [
  'deactivate-missing',
  'deactivate-disabled',
  'merge',
  'relink',
  'release',
  'rename',
  'clear',
  'photo',
  'membership',
  'reactivate',
] as const;
export type HeldGroup = (typeof HELD_GROUPS)[number];

export interface GroupedRows {
  readonly group: HeldGroup | 'other';
  readonly rows: readonly Change[];
}

function toGroup({ kind, disabledBy }: Change): HeldGroup | 'other' {
  const name =
    kind === 'deactivate' ? (disabledBy === undefined ? 'deactivate-missing' : 'deactivate-disabled') : kind;
  return HELD_GROUPS.find((one) => one === name) ?? 'other';
}

export function toGroups(rows: readonly Change[]): readonly GroupedRows[] {
  const groups = groupBy(rows, toGroup);
  return [...HELD_GROUPS, 'other' as const].flatMap((group) => {
    const of = groups.get(group);
    return of ? [{ group, rows: of }] : [];
  });
}

export interface Place {
  readonly name: string;
  readonly rows: readonly Change[];
}

const MOST_PLACES = 8;

/** The parts of the directory that the people are, or were, in; the largest first. */
export function toPlaces(rows: readonly Change[]): readonly Place[] {
  const byPlace = groupBy(rows, ({ dn, pair }) => toPlace(dn ?? pair?.entry.dn ?? ''));
  return [...byPlace]
    .map(([name, of]) => ({ name, rows: of }))
    .filter(({ name }) => name !== '')
    .sort((one, other) => other.rows.length - one.rows.length)
    .slice(0, MOST_PLACES);
}

/** A row that nobody has decided about. */
export function isOpen({ decided }: Change): boolean {
  return decided === undefined;
}

export function matches(row: Change, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return true;
  const values = row.fields.flatMap(({ from, to }) => [from, to]).map((value) => JSON.stringify(value ?? ''));
  return [row.name, row.username, row.dn, ...values].some((value) => value?.toLowerCase().includes(wanted));
}

/** `Map.groupBy`, which browsers of two years ago lack. */
function groupBy<T, Key>(items: readonly T[], toKey: (item: T) => Key): ReadonlyMap<Key, readonly T[]> {
  const groups = new Map<Key, T[]>();
  for (const item of items) {
    const key = toKey(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
