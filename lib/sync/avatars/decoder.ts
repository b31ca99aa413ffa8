import { once } from 'node:events';
import { toDecoderMessage } from './decoder-message.js';
import { PHOTO_LIMITS } from './photo-limits.js';
import { PhotoError, refused } from './photo-refusal.js';
import type { PhotoShape } from './photo-shape.js';
import type { Picture } from './picture.js';
import { startDecoder, unavailable } from './start-decoder.js';

/** One process that decodes one photo after the other. */
export interface Decoder {
  /** Rejects with `PhotoError`; the process has been killed, or is gone, unless the photo is `damaged`. */
  decode(picture: Picture, shape: PhotoShape): Promise<Buffer>;
  /** Ends the process at once. A photo that is being decoded is rejected with this error. */
  end(because?: Error): void;
  /** Resolves when the process is gone. */
  readonly gone: Promise<void>;
}

export interface DecoderTimes {
  readonly startMs: number;
  readonly deadlineMs: number;
}

const MAX_SIDE_UNRESIZED = 1_024;
const JPEG_QUALITY = 85;
/** Far above the largest picture that is ever made. */
const MAX_IMAGE_BYTES = 16 * 1024 * 1024;
/** Signals by which a process ends itself; other signals come from outside. */
const CRASHES: readonly string[] = ['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGABRT', 'SIGTRAP', 'SIGSYS'];

interface Waiting {
  readonly format: Picture['format'];
  resolve(image: Buffer): void;
  reject(error: Error): void;
}

export function createDecoder(program: string, times: DecoderTimes): Decoder {
  const { child, input, output } = startDecoder(program);
  const chunks: Buffer[] = [];
  let received = 0;
  let announced: number | undefined;
  let isReady = false;
  let ending: Error | undefined;
  let waiting: Waiting | undefined;
  let failStart: (error: Error) => void = () => undefined;

  const ready = new Promise<void>((resolve, reject) => {
    failStart = reject;
    const tooLong = setTimeout(() => end(unavailable('it was not ready in time')), times.startMs);
    child.once('message', (message) => {
      const { ready: said, unavailable: reason } = toDecoderMessage(message);
      clearTimeout(tooLong);
      isReady = said === true;
      if (isReady) resolve();
      else end(unavailable(reason ?? 'it said nothing of use'));
    });
    child.once('exit', () => clearTimeout(tooLong));
  });
  ready.catch(() => undefined);
  const gone = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      // A process that never started does not exit, so its failure is told here. If it did start, a message
      // did not reach it, and its exit comes next.
      if (child.pid !== undefined) return;
      fail(unavailable(error.message, error));
      resolve();
    });
    child.once('exit', (code, signal) => {
      const tell = (): void => {
        fail(ending ?? toExit(code, signal));
        resolve();
      };
      // The last message of the process may come after its exit.
      if (child.connected) child.once('disconnect', tell);
      else tell();
    });
  });
  for (const stream of [input, output]) stream.on('error', () => undefined);
  output.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    received += chunk.length;
    if (received > MAX_IMAGE_BYTES) end();
    finish();
  });
  child.on('message', (message) => {
    const { image, refused: refusal, text } = toDecoderMessage(message);
    if (image !== undefined) announced = image;
    if (refusal !== undefined && waiting) {
      const error = refused(refusal, waiting.format, text === undefined ? undefined : new Error(text));
      if (refusal === 'damaged') settle((one) => one.reject(error));
      else if (refusal === 'crash') end(error);
      // A decoder that takes too much time or memory ends itself.
      else ending = error;
    }
    finish();
  });
  hold(true);

  function finish(): void {
    if (announced === undefined || received < announced) return;
    const image = Buffer.concat(chunks.splice(0), received);
    [received, announced] = [0, undefined];
    settle((one) => one.resolve(image));
  }

  function settle(how: (one: Waiting) => void): void {
    const one = waiting;
    waiting = undefined;
    hold(false);
    if (one) how(one);
  }

  function fail(error: Error): void {
    failStart(error);
    settle((one) => one.reject(error));
  }

  function toExit(code: number | null, signal: NodeJS.Signals | null): PhotoError {
    const how = signal ?? `code ${code ?? 0}`;
    if (!isReady) return unavailable(`it ended with ${how}`);
    const isCrash = signal === null || CRASHES.includes(signal);
    return isCrash && waiting ? refused('crash', waiting.format, new Error(how)) : endedFromOutside(how);
  }

  function end(because?: Error): void {
    ending ??= because;
    child.kill('SIGKILL');
    if (because) fail(because);
  }

  /** An idle decoder does not keep the host's process alive. */
  function hold(isHeld: boolean): void {
    const name = isHeld ? 'ref' : 'unref';
    child[name]();
    child.channel?.[name]();
    for (const stream of [input, output] as unknown as { ref(): void; unref(): void }[]) stream[name]();
  }

  return {
    gone,
    end,
    async decode(picture, shape) {
      await ready;
      hold(true);
      const result = new Promise<Buffer>((resolve, reject) => {
        waiting = { format: picture.format, resolve, reject };
      });
      const deadline = setTimeout(() => end(refused('deadline', picture.format)), times.deadlineMs);
      try {
        send(picture, shape).catch(() => undefined);
        return await result;
      } finally {
        clearTimeout(deadline);
      }
    },
  };

  async function send({ pieces, decodedBytes }: Picture, shape: PhotoShape): Promise<void> {
    const { cpuMs, deadlineMs, spareBytes, pixels } = PHOTO_LIMITS;
    child.send({
      bytes: pieces.reduce((sum, { length }) => sum + length, 0),
      ...{ size: shape.size, resize: shape.resize, maxSide: MAX_SIDE_UNRESIZED, maxPixels: pixels },
      ...{ quality: JPEG_QUALITY, cpuMs, deadlineMs, spareBytes: decodedBytes + spareBytes },
    });
    for (const piece of pieces) if (!input.write(piece)) await Promise.race([once(input, 'drain'), gone]);
  }
}

function endedFromOutside(how: string): PhotoError {
  return new PhotoError({
    code: 'photo-decoder-ended',
    params: { how },
    reason: `The decoder was ended from outside (${how}) while it decoded the photo.`,
    remedy: 'Nothing: the next sync tries again. If this returns, the server lacks memory.',
  });
}
