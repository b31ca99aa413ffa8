import type { ReadyGroup } from './ready-group.js';

/** Which groups have to be looked at for somebody: few, where hundreds are asked for. */
export interface GroupIndex {
  /** Those that list one of these numbers or have the SID, and those that do not say who is in them. */
  find(numbers: readonly number[], sid: string | undefined): readonly string[];
}

/** Memberships that are indexed at most, in eight bytes each. */
const MAX_INDEXED = 5_000_000;

/** `undefined`: there are too many memberships, so that every group has to be looked at. */
export function createGroupIndex(
  names: readonly string[],
  read: (name: string) => ReadyGroup,
  maxIndexed = MAX_INDEXED,
): GroupIndex | undefined {
  const groups = names.map((name) => read(name));
  const isKnown = ({ reading }: ReadyGroup): boolean => reading.state === 'read';
  const open = groups.flatMap((group, at) => (isKnown(group) ? [] : [at]));
  const known = groups.flatMap((group, at): readonly Placed[] => (isKnown(group) ? [{ group, at }] : []));
  const size = known.reduce((sum, { group }) => sum + countOf(group), 0);
  if (size > maxIndexed) return undefined;
  const places = toPlaces(known, { size, groups: groups.length });
  const bySid = toPlacesBySid(known);

  return {
    find(numbers, sid) {
      const found = new Set(open);
      for (const number of numbers) {
        const end = (number + 1) * groups.length;
        for (let next = findFirst(places, number * groups.length); (places[next] ?? end) < end; next += 1)
          found.add((places[next] as number) % groups.length);
      }
      for (const at of (sid === undefined ? undefined : bySid.get(sid)) ?? []) found.add(at);
      // In the order of the settings, by which people get what several groups give.
      return [...found].sort((one, other) => one - other).map((at) => names[at] as string);
    },
  };
}

/** A group, and its place in the question. */
interface Placed {
  readonly group: ReadyGroup;
  readonly at: number;
}

function countOf({ lists, reach }: ReadyGroup): number {
  return lists.flat().reduce((sum, members) => sum + members.size, reach.size);
}

/** Sorted; each says a number and a group: the number, times how many groups there are, and the place of the group. */
function toPlaces(
  known: readonly Placed[],
  { size, groups }: { readonly size: number; readonly groups: number },
): Float64Array {
  const places = new Float64Array(size);
  let next = 0;
  for (const { group, at } of known) {
    for (const { number } of group.reach) places[next++] = number * groups + at;
    for (const members of group.lists.flat())
      for (const number of members) places[next++] = number * groups + at;
  }
  return places.sort();
}

function toPlacesBySid(known: readonly Placed[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const { group, at } of known)
    for (const sid of group.sids) places.set(sid, [...(places.get(sid) ?? []), at]);
  return places;
}

/** Where the first one stands that is not below. */
function findFirst(places: Float64Array, least: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
