/** What {@link withinTime} gives when the time is over. */
export const LATE = Symbol('late');

/**
 * The result of some work, or `LATE` when it takes longer than `timeMs`; the work itself goes on. Rejects as
 * the work does.
 */
export async function withinTime<T>(work: Promise<T>, timeMs: number): Promise<T | typeof LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), timeMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // A failure after the deadline has nobody left to tell.
    work.catch(() => undefined);
  }
}
