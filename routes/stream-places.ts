/** A place for an open stream. */
export interface StreamPlace {
  /** Aborts when the place is given to another stream. The place has been left by then. */
  readonly lost: AbortSignal;
  leave(): void;
}

/** How many streams may be open at a time, for a user and in all. */
export interface StreamPlaces {
  /** `undefined` when the user has to wait. */
  take(userId: string): StreamPlace | undefined;
}

interface Taken {
  readonly userId: string;
  /** Grows with time. */
  readonly number: number;
  readonly abort: AbortController;
}

/**
 * When all places are taken, the user with the most streams gives up their oldest stream to a user who would
 * still have fewer. A user without any stream always gets a place, if need be the place of the oldest stream
 * of all. So no person, with however many accounts, can keep another user out.
 */
export function createStreamPlaces({
  perUser,
  inAll,
}: {
  readonly perUser: number;
  readonly inAll: number;
}): StreamPlaces {
  /** Of each user, by age. */
  const open = new Map<string, Set<Taken>>();
  let total = 0;
  let last = 0;

  function leave(place: Taken): void {
    const own = open.get(place.userId);
    if (!own?.delete(place)) return;
    total -= 1;
    if (own.size === 0) open.delete(place.userId);
  }

  /** The oldest stream of the user who has the most; of several such users, the oldest of all. */
  function findWealthiest(): { readonly oldest: Taken; readonly places: number } | undefined {
    let found: { oldest: Taken; places: number } | undefined;
    for (const own of open.values()) {
      const [oldest] = own;
      const places = own.size;
      if (!oldest || (found && places < found.places)) continue;
      if (!found || places > found.places || oldest.number < found.oldest.number) found = { oldest, places };
    }
    return found;
  }

  function makeRoom(own: number): boolean {
    if (total < inAll) return true;
    const wealthiest = findWealthiest();
    if (!wealthiest || (own > 0 && wealthiest.places <= own + 1)) return false;
    leave(wealthiest.oldest);
    wealthiest.oldest.abort.abort();
    return true;
  }

  return {
    take(userId) {
      const before = open.get(userId)?.size ?? 0;
      if (before >= perUser || !makeRoom(before)) return undefined;
      const place: Taken = { userId, number: (last += 1), abort: new AbortController() };
      // Looked up anew: the room may have been made by the last stream of somebody.
      const own = open.get(userId) ?? new Set();
      open.set(userId, own.add(place));
      total += 1;
      return { lost: place.abort.signal, leave: () => leave(place) };
    },
  };
}
