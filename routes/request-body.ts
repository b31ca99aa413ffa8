import express, { type Request, type Response } from 'express';
import { invalidParameters, type Refused } from './reply.js';

const parseJson = express.json({ limit: '64kb' });

/** Enough for 64 kB on a slow line. */
const BODY_DEADLINE_MS = 10_000;

const TOO_SLOW: Refused = {
  ...invalidParameters('The request body did not arrive in time', 408),
  // Makes Node close the connection, although the rest of the body is still on its way.
  headers: { Connection: 'close' },
};

/**
 * Parses a JSON body where the host has not done so. No body, and an empty body that calls itself JSON, are
 * fine. Returns the reply to a body that cannot be read, or does not arrive within `deadlineMs`.
 */
export function readBody(
  request: Request,
  response: Response,
  deadlineMs = BODY_DEADLINE_MS,
): Promise<Refused | undefined> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => resolve(TOO_SLOW), deadlineMs).unref();
    parseJson(request, response, (error?: unknown) => {
      clearTimeout(deadline);
      if (error === undefined || error === null) return resolve(undefined);
      const { status, type } = error as { status?: number; type?: string };
      if (type === 'entity.too.large')
        return resolve(invalidParameters('The request body is too large; at most 64 kB are read', 413));
      if (type === 'entity.parse.failed') return resolve(invalidParameters('The request body is not JSON'));
      if (status !== undefined && status >= 400 && status < 500)
        return resolve(invalidParameters('The request body cannot be read'));
      reject(error instanceof Error ? error : new Error('The body parser failed.'));
    });
  });
}
