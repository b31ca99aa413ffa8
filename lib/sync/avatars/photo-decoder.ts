import { LdapSyncError } from '../../errors.js';
import { createDecoder, type Decoder } from './decoder.js';
import { PHOTO_LIMITS } from './photo-limits.js';
import { DecoderUnavailableError, PhotoError } from './photo-refusal.js';
import type { PhotoShape } from './photo-shape.js';
import type { Picture } from './picture.js';
import { toDecoderProgram } from './start-decoder.js';

/**
 * Decodes photos in processes of its own: two at most, started when the first photo comes, ended when none
 * comes any more.
 */
export interface PhotoDecoder {
  /**
   * Gives a JPEG. Rejects with `PhotoError`, and with the signal's reason as soon as it aborts: a process
   * that is decoding is killed.
   */
  decode(picture: Picture, shape: PhotoShape, signal?: AbortSignal): Promise<Buffer>;
  /** Kills the processes that are decoding, and takes no further photo. */
  close(): void;
}

export interface PhotoDecoderOptions {
  /** The program of a decoder, a path. @default decoder-process.js */
  readonly program?: string;
  readonly startMs?: number;
  readonly deadlineMs?: number;
  readonly idleMs?: number;
}

const MAX_DECODERS = 2;
/** Most bytes of memory for two photos that are decoded at once. A photo that takes more is decoded alone. */
const SHARED_BYTES = 60 * 1024 * 1024;
/** A decoder that cannot be started is not started for every photo. */
const START_AGAIN_MS = 5_000;

interface Task {
  readonly picture: Picture;
  readonly shape: PhotoShape;
  /** Set once the photo is being decoded. */
  decoder: Decoder | undefined;
  resolve(image: Promise<Buffer>): void;
  reject(error: unknown): void;
}

export function createPhotoDecoder(options: PhotoDecoderOptions = {}): PhotoDecoder {
  const { startMs = 60_000, deadlineMs = PHOTO_LIMITS.deadlineMs, idleMs = 5_000 } = options;
  const queue: Task[] = [];
  /**
   * All processes that are not gone yet (`living`), and the bytes of memory of those that are decoding
   * (`busy`).
   */
  const living = new Set<Decoder>();
  const idle = new Map<Decoder, NodeJS.Timeout>();
  const busy = new Map<Decoder, number>();
  let failedStart: { readonly error: DecoderUnavailableError; readonly at: number } | undefined;
  let isClosed = false;

  function next(): void {
    for (let task = queue[0]; task; task = queue[0]) {
      const decoder = take(task.picture.decodedBytes, task);
      if (!decoder) return;
      queue.shift();
      if (decoder !== 'failed') task.resolve(run(decoder, task));
    }
  }

  /** A decoder for a photo of this size; `undefined` when it has to wait. */
  function take(bytes: number, task: Task): Decoder | 'failed' | undefined {
    const taken = [...busy.values()].reduce((sum, size) => sum + size, 0);
    if (busy.size >= MAX_DECODERS || (busy.size > 0 && taken + bytes > SHARED_BYTES)) return undefined;
    const [first] = idle.keys();
    const isAlone = bytes > SHARED_BYTES;
    if (isAlone && living.size > 1) for (const decoder of idle.keys()) if (decoder !== first) drop(decoder);
    if (isAlone ? living.size > (first ? 1 : 0) : !first && living.size >= MAX_DECODERS) return undefined;
    if (first) {
      clearTimeout(idle.get(first));
      idle.delete(first);
      return first;
    }
    try {
      return start();
    } catch (error) {
      task.reject(error);
      return 'failed';
    }
  }

  function start(): Decoder {
    if (failedStart && performance.now() - failedStart.at < START_AGAIN_MS) throw failedStart.error;
    const decoder = createDecoder(options.program ?? toDecoderProgram(), { startMs, deadlineMs });
    living.add(decoder);
    void decoder.gone.then(() => {
      living.delete(decoder);
      clearTimeout(idle.get(decoder));
      idle.delete(decoder);
      next();
    });
    return decoder;
  }

  async function run(decoder: Decoder, task: Task): Promise<Buffer> {
    task.decoder = decoder;
    busy.set(decoder, task.picture.decodedBytes);
    try {
      const image = await decoder.decode(task.picture, task.shape);
      rest(decoder);
      return image;
    } catch (error) {
      // After any other failure the decoder ends itself.
      if (error instanceof PhotoError && error.refusal === 'damaged') rest(decoder);
      if (error instanceof DecoderUnavailableError) failedStart = { error, at: performance.now() };
      throw error;
    } finally {
      busy.delete(decoder);
      next();
    }
  }

  function rest(decoder: Decoder): void {
    idle.set(decoder, setTimeout(() => drop(decoder), idleMs).unref());
  }

  function drop(decoder: Decoder): void {
    clearTimeout(idle.get(decoder));
    idle.delete(decoder);
    decoder.end();
  }

  /** Rejects the photo, whether it waits or is being decoded. */
  function giveUp(task: Task, reason: unknown): void {
    if (task.decoder) return task.decoder.end(reason as Error);
    const at = queue.indexOf(task);
    if (at !== -1) queue.splice(at, 1);
    task.reject(reason);
    next();
  }

  return {
    async decode(picture, shape, signal) {
      if (isClosed) throw closed();
      signal?.throwIfAborted();
      let onAbort = (): void => undefined;
      try {
        return await new Promise<Buffer>((resolve, reject) => {
          const task: Task = { picture, shape, decoder: undefined, resolve, reject };
          onAbort = () => giveUp(task, signal?.reason);
          signal?.addEventListener('abort', onAbort, { once: true });
          queue.push(task);
          next();
        });
      } finally {
        signal?.removeEventListener('abort', onAbort);
      }
    },

    close() {
      isClosed = true;
      for (const { reject } of queue.splice(0)) reject(closed());
      for (const decoder of living) decoder.end(closed());
    },
  };
}

function closed(): LdapSyncError {
  return new LdapSyncError('run-stopped', 'The host is shutting down.', {
    remedy: 'Try again when it is up.',
  });
}
