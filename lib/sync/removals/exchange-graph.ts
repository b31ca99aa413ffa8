/** Somebody gives names up and wants others. Names are keys (`toNameKey`). */
export interface Exchange {
  readonly userId: string;
  readonly gives: readonly string[];
  /** The other users who have what is wanted. */
  readonly owners: readonly { readonly name: string; readonly userId: string }[];
}

/** Most who exchange names at once. More would hold their documents for too long. */
const MAX_CIRCLE = 500;

/** Who waits for whom among some exchanges. */
interface Graph<E extends Exchange> {
  /** The exchanges that each waits for; `undefined` stands for a user who does not give the name up. */
  readonly waitsFor: ReadonlyMap<E, ReadonlySet<E | undefined>>;
  readonly waitedForBy: ReadonlyMap<E, readonly E[]>;
}

/**
 * The exchanges that cannot happen: a user who keeps the name has it, or one who cannot give it up. Exchanges that
 * wait for each other in a circle can happen.
 */
export function findBlocked<E extends Exchange>(exchanges: readonly E[]): ReadonlySet<E> {
  const { waitsFor, waitedForBy } = toGraph(exchanges);
  const blocked = new Set(exchanges.filter((one) => waitsFor.get(one)?.has(undefined)));
  // A set is walked in the order in which it grows.
  for (const one of blocked) for (const other of waitedForBy.get(one) ?? []) blocked.add(other);
  return blocked;
}

/**
 * The exchanges in an order in which they can happen; those of a circle together. The blocked ones come last,
 * each alone.
 */
export function toOrder<E extends Exchange>(exchanges: readonly E[]): readonly (readonly E[])[] {
  const blocked = findBlocked(exchanges);
  const possible = exchanges.filter((one) => !blocked.has(one));
  const graph = toGraph(possible);
  const free = toFree(possible, graph);
  const inCircles = toCircles(
    possible.filter((one) => !free.has(one)),
    graph,
  );
  return [...[...free].map((one) => [one]), ...inCircles, ...[...blocked].map((one) => [one])];
}

/** Those who wait for nobody, and then whoever waited for these alone. */
function toFree<E extends Exchange>(
  exchanges: readonly E[],
  { waitsFor, waitedForBy }: Graph<E>,
): ReadonlySet<E> {
  const waiting = new Map(exchanges.map((one) => [one, waitsFor.get(one)?.size ?? 0]));
  const free = new Set(exchanges.filter((one) => waiting.get(one) === 0));
  for (const one of free) {
    for (const other of waitedForBy.get(one) ?? []) {
      const left = (waiting.get(other) ?? 0) - 1;
      waiting.set(other, left);
      if (left === 0) free.add(other);
    }
  }
  return free;
}

/** Circles with whoever waits for them: what hangs together. */
function toCircles<E extends Exchange>(
  exchanges: readonly E[],
  { waitsFor, waitedForBy }: Graph<E>,
): readonly (readonly E[])[] {
  const left = new Set<E | undefined>(exchanges);
  const circles: (readonly E[])[] = [];
  for (const first of exchanges) {
    if (!left.delete(first)) continue;
    const circle = new Set([first]);
    const others = (one: E): (E | undefined)[] => [
      ...(waitsFor.get(one) ?? []),
      ...(waitedForBy.get(one) ?? []),
    ];
    for (const one of circle)
      others(one).forEach((other) => other && left.delete(other) && circle.add(other));
    circles.push(...(circle.size > MAX_CIRCLE ? [...circle].map((one) => [one]) : [[...circle]]));
  }
  return circles;
}

function toGraph<E extends Exchange>(exchanges: readonly E[]): Graph<E> {
  const givers = new Map<string, E>();
  for (const one of exchanges) for (const name of one.gives) givers.set(keyOf(one.userId, name), one);
  const waitsFor = new Map<E, Set<E | undefined>>();
  const waitedForBy = new Map<E, E[]>();
  for (const one of exchanges) {
    const awaited = new Set(one.owners.map(({ userId, name }) => givers.get(keyOf(userId, name))));
    awaited.delete(one);
    waitsFor.set(one, awaited);
    for (const other of awaited) if (other) waitedForBy.set(other, [...(waitedForBy.get(other) ?? []), one]);
  }
  return { waitsFor, waitedForBy };
}

function keyOf(userId: string, name: string): string {
  return JSON.stringify([userId, name]);
}
