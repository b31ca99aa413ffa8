import type { Request } from 'express';
import type { Page } from '../models/run-report.js';
import type { Call } from './checks.js';
import { invalidParameters, type Reply } from './reply.js';

export const RUN_ID = /^[0-9A-Za-z]{17}$/;
const MAX_COUNT = 100;
const MAX_OFFSET = 9_999_999;
const DEFAULT_COUNT = 25;

/**
 * A query parameter as text. The host decides how a query is parsed; a value that is no text becomes one that
 * every check refuses.
 */
export function parameter(request: Request, name: string): string | undefined {
  const value: unknown = request.query[name];
  return value === undefined ? undefined : typeof value === 'string' ? value : '\0';
}

/** A query that cannot be used, and the reply that says so. */
export class InvalidQuery extends Error {
  readonly reply: Reply;

  constructor(message: string) {
    super(message);
    this.reply = invalidParameters(message);
  }
}

/** Throws {@link InvalidQuery}. */
export function toRunId(request: Request): string {
  const runId = parameter(request, 'runId');
  if (runId === undefined || !RUN_ID.test(runId))
    throw new InvalidQuery('runId must be the 17 characters of a run id');
  return runId;
}

/** Throws {@link InvalidQuery}. */
export function toPage(request: Request, defaultCount = DEFAULT_COUNT): Page {
  return {
    count: toNumber(request, 'count', { fallback: defaultCount, min: 1, max: MAX_COUNT }),
    offset: toNumber(request, 'offset', { fallback: 0, min: 0, max: MAX_OFFSET }),
  };
}

function toNumber(
  request: Request,
  name: string,
  { fallback, min, max }: { fallback: number; min: number; max: number },
): number {
  const text = parameter(request, name);
  if (text === undefined) return fallback;
  const number = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= min && number <= max))
    throw new InvalidQuery(`${name} must be a number from ${min} to ${max}`);
  return number;
}

/** A handler whose unusable query is answered. */
export function answering<T>(handle: (call: Call) => Promise<T>): (call: Call) => Promise<T | Reply> {
  return async (call) => {
    try {
      return await handle(call);
    } catch (error) {
      if (error instanceof InvalidQuery) return error.reply;
      throw error;
    }
  };
}
