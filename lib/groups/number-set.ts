/**
 * A set of numbers in four bytes each. The first look-up after an addition sorts, so everything is added
 * first.
 */
export interface NumberSet {
  readonly size: number;
  add(number: number): void;
  has(number: number): boolean;
  [Symbol.iterator](): Iterator<number>;
}

export function createNumberSet(): NumberSet {
  let numbers = new Uint32Array(4);
  let size = 0;
  let isSorted = true;

  function sort(): void {
    if (isSorted) return;
    const sorted = numbers.subarray(0, size).sort();
    let kept = 0;
    for (const number of sorted) if (kept === 0 || sorted[kept - 1] !== number) sorted[kept++] = number;
    size = kept;
    isSorted = true;
  }

  return {
    get size() {
      sort();
      return size;
    },
    add(number) {
      if (size === numbers.length) {
        const larger = new Uint32Array(size * 2);
        larger.set(numbers);
        numbers = larger;
      }
      numbers[size] = number;
      size += 1;
      isSorted = false;
    },
    has(number) {
      sort();
      let low = 0;
      let high = size;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((numbers[middle] as number) < number) low = middle + 1;
        else high = middle;
      }
      return low < size && numbers[low] === number;
    },
    [Symbol.iterator]() {
      sort();
      return numbers.subarray(0, size)[Symbol.iterator]();
    },
  };
}
