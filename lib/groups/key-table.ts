import { hash, randomUUID } from 'node:crypto';

/**
 * Numbers texts, from 0, without keeping them: about 40 bytes for each, however long it is. Two texts with
 * one number would have to agree in 128 bits of a SHA-256 with a salt that nobody outside knows.
 */
export interface KeyTable {
  readonly size: number;
  /** The number of the text; a new one when it is not known yet. */
  add(text: string): number;
  /** -1 when it is not known. */
  find(text: string): number;
}

const WORDS = 4;
const FIRST_SLOTS = 1_024;
/** A slot is free when its number is this. */
const FREE = 0xffff_ffff;

export function createKeyTable(): KeyTable {
  const salt = randomUUID();
  let digests = new Uint32Array(FIRST_SLOTS * WORDS);
  let slots = new Uint32Array(FIRST_SLOTS * 2).fill(FREE);
  let size = 0;

  function toDigest(text: string): Uint32Array {
    const bytes = hash('sha256', salt + text, 'buffer');
    return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + WORDS * 4));
  }

  function isAt(number: number, digest: Uint32Array): boolean {
    for (let word = 0; word < WORDS; word += 1)
      if (digests[number * WORDS + word] !== digest[word]) return false;
    return true;
  }

  /** The slot with the digest, or the free one where it belongs. */
  function toSlot(digest: Uint32Array): number {
    const mask = slots.length - 1;
    let slot = (digest[0] as number) & mask;
    for (;;) {
      const number = slots[slot] as number;
      if (number === FREE || isAt(number, digest)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  function grow(): void {
    const larger = new Uint32Array(digests.length * 2);
    larger.set(digests);
    digests = larger;
    slots = new Uint32Array(slots.length * 2).fill(FREE);
    for (let number = 0; number < size; number += 1)
      slots[toSlot(digests.subarray(number * WORDS, (number + 1) * WORDS))] = number;
  }

  return {
    get size() {
      return size;
    },
    add(text) {
      const digest = toDigest(text);
      let slot = toSlot(digest);
      const known = slots[slot] as number;
      if (known !== FREE) return known;
      if ((size + 1) * WORDS > digests.length) {
        grow();
        slot = toSlot(digest);
      }
      digests.set(digest, size * WORDS);
      slots[slot] = size;
      size += 1;
      return size - 1;
    },
    find(text) {
      const number = slots[toSlot(toDigest(text))] as number;
      return number === FREE ? -1 : number;
    },
  };
}
