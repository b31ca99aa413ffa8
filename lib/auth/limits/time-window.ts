/** Members of a replica set may differ by so much, and one takes over from another. */
export const SERVER_TOLERANCE_MS = 60_000;

/**
 * Whether `at` lies in the window that ends now, by the database server's time. A time in the future was not
 * written by that clock; a window that begins there would last longer than the budget says, so it does not
 * count.
 */
export function isWithin(at: unknown, now: Date, windowMs: number): boolean {
  if (!(at instanceof Date)) return false;
  const ageMs = now.getTime() - at.getTime();
  return ageMs < windowMs && ageMs >= -SERVER_TOLERANCE_MS;
}
