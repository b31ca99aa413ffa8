/** Counts what is open at a time, by user and in all. */
export interface StreamLimit {
  /** Takes a place and gives the way to leave it, or `undefined` when there is none. */
  enter(userId: string): (() => void) | undefined;
}

export function createStreamLimit({
  perUser,
  inAll,
}: {
  readonly perUser: number;
  readonly inAll: number;
}): StreamLimit {
  const open = new Map<string, number>();
  let total = 0;

  function leave(userId: string): void {
    const left = (open.get(userId) ?? 0) - 1;
    total -= 1;
    if (left > 0) open.set(userId, left);
    else open.delete(userId);
  }

  return {
    enter(userId) {
      const before = open.get(userId) ?? 0;
      if (before >= perUser || total >= inAll) return undefined;
      open.set(userId, before + 1);
      total += 1;
      return () => leave(userId);
    },
  };
}
