/**
 * The ids read in a sweep. An id is recorded when its entry is read, before the entry is mapped: a person
 * whose entry cannot be mapped is rejected, and so never counts as missing. About 100 bytes a person.
 */
export interface SeenIds {
  readonly size: number;
  /** False when the id had been seen before. */
  add(id: string): boolean;
  has(id: string): boolean;
}

export function createSeenIds(): SeenIds {
  const seen = new Set<string>();
  return {
    get size() {
      return seen.size;
    },
    add(id) {
      const before = seen.size;
      return seen.add(id).size > before;
    },
    has: (id) => seen.has(id),
  };
}
