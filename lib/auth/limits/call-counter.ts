/** How often a key was counted in its window, and how long that window still lasts. */
export interface Counted {
  readonly count: number;
  readonly leftMs: number;
}

export interface CallCounter {
  count(key: string): Counted;
  /** What is counted of the key now, without counting it. */
  look(key: string): Counted;
}

/** Beyond these many keys the oldest window is forgotten. */
const MAX_KEYS = 10_000;

/**
 * Counts keys in fixed windows; a window begins with the key's first call. The clock is monotonic, so that a
 * change of the host's time neither ends a window nor prolongs it. There are no timers, and the memory is
 * bounded.
 */
export function createCallCounter(
  windowMs: number,
  clockMs: () => number = () => performance.now(),
): CallCounter {
  /** In the order in which they began, which is that in which they end. */
  const windows = new Map<string, { count: number; readonly endsAt: number }>();

  function forgetEnded(now: number): void {
    for (const [key, { endsAt }] of windows) {
      if (endsAt > now && windows.size <= MAX_KEYS) return;
      windows.delete(key);
    }
  }

  function toOpen(key: string, now: number) {
    const window = windows.get(key);
    return window && window.endsAt > now ? window : undefined;
  }

  return {
    look(key) {
      const now = clockMs();
      const open = toOpen(key, now);
      return open ? { count: open.count, leftMs: open.endsAt - now } : { count: 0, leftMs: windowMs };
    },
    count(key) {
      const now = clockMs();
      const open = toOpen(key, now);
      if (open) {
        open.count += 1;
        return { count: open.count, leftMs: open.endsAt - now };
      }
      windows.delete(key);
      windows.set(key, { count: 1, endsAt: now + windowMs });
      forgetEnded(now);
      return { count: 1, leftMs: windowMs };
    },
  };
}
