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

/**
 * As {@link toBatches}, for what comes one by one. With `weigh`, `size` is the weight of a batch; an item that
 * is heavier than that is a batch of its own.
 */
export async function* inBatches<T>(
  items: AsyncIterable<T>,
  size: number,
  weigh: (item: T) => number = () => 1,
): AsyncGenerator<T[]> {
  let batch: T[] = [];
  let weight = 0;
  for await (const item of items) {
    const added = weigh(item);
    if (batch.length > 0 && weight + added > size) {
      yield batch;
      batch = [];
      weight = 0;
    }
    batch.push(item);
    weight += added;
  }
  if (batch.length > 0) yield batch;
}
