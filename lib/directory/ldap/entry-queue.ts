import type { DirectoryEntry } from '../directory.js';

/** Entries between the wire and the engine, in chunks. Bounded: a slow consumer stops the socket. */
export interface EntryQueue<End> {
  push(entry: DirectoryEntry, bytes: number): void;
  /** A page is over; what has been gathered may be taken. */
  flush(): void;
  /** Resolves when no more than one chunk is waiting, so that the next page may be asked for. */
  room(): Promise<void>;
  finish(end: End): void;
  fail(error: Error): void;
  /** The next chunk, or how it ended. Rejects after `fail`, once the chunks before it have been taken. */
  take(): Promise<{ readonly chunk: readonly DirectoryEntry[] } | { readonly end: End }>;
}

export interface QueueLimits {
  readonly chunkEntries: number;
  pause(): void;
  resume(): void;
}

/**
 * Some chunks are held at once: one being written, two looked up ahead, one here, and photos have ten
 * megabytes.
 */
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_CHUNKS = 8;

export function createEntryQueue<End>({ chunkEntries, pause, resume }: QueueLimits): EntryQueue<End> {
  const chunks: { entries: DirectoryEntry[]; bytes: number }[] = [];
  let current: DirectoryEntry[] = [];
  let currentBytes = 0;
  let waitingBytes = 0;
  let isPaused = false;
  let outcome: { readonly end: End } | { readonly error: Error } | undefined;
  let wakeConsumer: (() => void) | undefined;
  let wakeProducer: (() => void) | undefined;

  function flush(): void {
    if (current.length > 0) {
      chunks.push({ entries: current, bytes: currentBytes });
      waitingBytes += currentBytes;
      current = [];
      currentBytes = 0;
    }
    wakeConsumer?.();
  }

  function makeRoom(): void {
    if (!hasRoom()) return;
    if (isPaused) resume();
    isPaused = false;
    wakeProducer?.();
  }

  function hasRoom(): boolean {
    return chunks.length <= 1 && waitingBytes < MAX_BYTES;
  }

  return {
    flush,

    push(entry, bytes) {
      current.push(entry);
      currentBytes += bytes;
      if (current.length >= chunkEntries || currentBytes >= MAX_BYTES) flush();
      if (!isPaused && (chunks.length > MAX_CHUNKS || waitingBytes >= MAX_BYTES)) {
        isPaused = true;
        pause();
      }
    },

    async room() {
      while (!hasRoom() && !outcome) await new Promise<void>((resolve) => (wakeProducer = resolve));
    },

    finish(end) {
      flush();
      outcome ??= { end };
      wakeConsumer?.();
    },

    fail(error) {
      flush();
      outcome ??= { error };
      wakeConsumer?.();
      wakeProducer?.();
    },

    async take() {
      for (;;) {
        const chunk = chunks.shift();
        if (chunk) {
          waitingBytes -= chunk.bytes;
          makeRoom();
          return { chunk: chunk.entries };
        }
        if (outcome) {
          if ('error' in outcome) throw outcome.error;
          return outcome;
        }
        await new Promise<void>((resolve) => (wakeConsumer = resolve));
      }
    },
  };
}
