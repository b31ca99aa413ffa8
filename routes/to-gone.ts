import type { Response } from 'express';

/** Aborts when the client has gone before it was answered. */
export function toGone(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}
