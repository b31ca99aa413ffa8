/**
 * The ids read in a sweep, recorded when an entry is read and before it is mapped: whoever cannot be mapped is rejected,
 * never missing. Keeps the raw bytes of an id as a one-byte string, about 60 bytes a person.
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
      return seen.add(toKey(id)).size > before;
    },
    has: (id) => seen.has(toKey(id)),
  };
}

function toKey(hex: string): string {
  return Buffer.from(hex, 'hex').toString('latin1');
}
