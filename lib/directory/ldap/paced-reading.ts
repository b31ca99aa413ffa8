/** So much is read before everybody else gets a turn. */
export const SLICE_BYTES = 256 * 1024;

/** What of a socket is needed to hold it up for a moment. */
export interface HeldSource {
  pause(): void;
  resume(): void;
}

/**
 * Gives the event loop back after every slice. Without this, libuv hands over two megabytes before a timer or
 * another connection of the host gets its turn.
 */
export function createPacedReading(
  read: (chunk: Buffer) => void,
  source: HeldSource,
): (chunk: Buffer) => void {
  let sliceBytes = 0;
  return (chunk) => {
    read(chunk);
    sliceBytes += chunk.length;
    if (sliceBytes < SLICE_BYTES) return;
    sliceBytes = 0;
    source.pause();
    setImmediate(() => source.resume());
  };
}
