import { ApiError } from '../../client/index.js';

/** Each costs the server a connection to the directory, or a decoder. */
const MOST_AT_ONCE = 2;
const MOST_TRIES = 4;

const waiting: (() => void)[] = [];
let going = 0;

/** The picture, or nothing where it cannot be had: the words stay then. In its turn, and again when the server is busy. */
export async function loadPicture(
  ask: (signal: AbortSignal) => Promise<Blob>,
  signal: AbortSignal,
): Promise<Blob | undefined> {
  if (going >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else going += 1;
  try {
    return await tryAgain(ask, signal);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else going -= 1;
  }
}

async function tryAgain(
  ask: (signal: AbortSignal) => Promise<Blob>,
  signal: AbortSignal,
): Promise<Blob | undefined> {
  for (let tries = 0; tries < MOST_TRIES && !signal.aborted; tries += 1) {
    try {
      return await ask(signal);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 429) return undefined;
      const seconds = error.retryAfterSeconds ?? 1;
      await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    }
  }
  return undefined;
}
