import express, { type Request, type Response } from 'express';
import { invalidParameters, type Reply } from './reply.js';

const parseJson = express.json({ limit: '64kb' });

/**
 * Parses a JSON body where the host has not done so. No body, and an empty body that calls itself JSON, are fine.
 * Returns the reply to a body that cannot be read.
 */
export function readBody(request: Request, response: Response): Promise<Reply | undefined> {
  return new Promise((resolve, reject) => {
    parseJson(request, response, (error?: unknown) => {
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
