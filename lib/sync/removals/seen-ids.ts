/**
 * The ids read in a sweep, recorded when an entry is read and before it is mapped: whoever cannot be mapped
 * is rejected, never missing. About 100 bytes a person.
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
