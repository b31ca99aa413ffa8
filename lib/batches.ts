/**
 * So many values are looked for at once. MongoDB likes larger lists, other servers of its protocol do not;
 * this is good on both.
 */
export const LOOK_UP_BATCH = 250;

/** Cuts a list into lists of at most `size`. */
export function toBatches<T>(items: readonly T[], size: number): T[][] {
  const batches: T[][] = [];
  for (let start = 0; start < items.length; start += size) batches.push(items.slice(start, start + size));
  return batches;
}
