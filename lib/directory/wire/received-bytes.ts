import type { BerCursor } from './ber-cursor.js';

/**
 * Bytes that wait for those that follow them. They are put together once, in memory of the size that is
 * needed.
 */
export interface ReceivedBytes {
  /** What can be read now, the waiting bytes included; `undefined` when too little has come. */
  add(chunk: Buffer): Buffer | undefined;
  /**
   * Keeps what the cursor has not read, and moves the cursor to where that begins. Returns how many bytes are
   * gone.
   */
  keepFrom(cursor: BerCursor): number;
  isEmpty(): boolean;
  clear(): void;
}

const NOTHING = Buffer.alloc(0);

export function createReceivedBytes(): ReceivedBytes {
  let waiting: Buffer = NOTHING;
  let have = 0;
  let need = 0;

  return {
    add(chunk) {
      if (have === 0) return chunk;
      if (have + chunk.length >= need) return Buffer.concat([waiting.subarray(0, have), chunk]);
      if (waiting.length < need) {
        const larger = Buffer.allocUnsafeSlow(need);
        waiting.copy(larger, 0, 0, have);
        waiting = larger;
      }
      have += chunk.copy(waiting, have);
      return undefined;
    },
    keepFrom(cursor) {
      const { bytes } = cursor;
      // A skipped part may end beyond the bytes that have come.
      const gone = Math.min(cursor.at, bytes.length);
      waiting = bytes.subarray(gone);
      have = waiting.length;
      need = cursor.need - gone;
      cursor.at -= gone;
      cursor.need = need;
      cursor.bytes = NOTHING;
      return gone;
    },
    isEmpty: () => have === 0,
    clear() {
      waiting = NOTHING;
      have = 0;
    },
  };
}
