import { ApiError } from './api-error.js';
import { readEventSource, type SourceEvent } from './event-source.js';
import { openRunStream, toText } from './run-stream.js';
import { unlessAborted } from './second-factor.js';
import type { Transport } from './request.js';
import type { Asked, CallOptions, Run, RunEvent, RunWithRows } from './types.js';

/** How often a lost stream is connected again without anything having come. */
const MAX_ATTEMPTS = 5;
/** Until the server says another. */
const RETRY_MS = 3_000;
const MIN_RETRY_MS = 100;
const EVENT_ID = /^[!-~]{1,200}$/;

/** How far a reader has come, over all of its connections. */
interface Reading {
  readonly input: Asked<'runEvents'>;
  readonly transport: Transport;
  readonly signal: AbortSignal;
  /** Whether the server has given the stream once. */
  wasOpen: boolean;
  lastEventId: string | undefined;
  retryMs: number;
  /** Connections in a row by which nothing came. */
  attempts: number;
}

/**
 * The events of a run, to its end. Rejects with an {@link ApiError} when the server refuses the stream, or stays away.
 */
export async function* readRunEvents(
  input: Asked<'runEvents'>,
  { signal }: CallOptions,
  transport: Transport,
): AsyncGenerator<RunEvent, void, undefined> {
  const start = { wasOpen: false, lastEventId: undefined, retryMs: RETRY_MS, attempts: 0 };
  const reading: Reading = { input, transport, signal: signal ?? new AbortController().signal, ...start };
  while (!(yield* readOnce(reading))) await pause(reading);
}

/** Reads one connection; true when the run has ended. A connection that may be made again only ends. */
async function* readOnce(reading: Reading): AsyncGenerator<RunEvent, boolean, undefined> {
  reading.attempts += 1;
  try {
    const stream = await openRunStream(reading);
    if (!stream) return true;
    reading.wasOpen = true;
    for await (const item of readEventSource(toText(stream))) {
      if (item.kind === 'retry') reading.retryMs = Math.max(item.ms, MIN_RETRY_MS);
      else reading.attempts = 0;
      const event = item.kind === 'event' ? takeEvent(item.event, reading) : undefined;
      if (event) yield event;
      if (event?.type === 'finished') return true;
    }
  } catch (error) {
    reading.signal.throwIfAborted();
    if (!reading.wasOpen || !isPassing(error) || reading.attempts >= MAX_ATTEMPTS) throw error;
    reading.retryMs = Math.max(reading.retryMs, toWaitingMs(error));
  }
  if (reading.attempts >= MAX_ATTEMPTS)
    throw new ApiError('The stream of the events of the run breaks off again and again.', { status: 0 });
  return false;
}

/** What a busy server asks for, within a minute. */
function toWaitingMs(error: unknown): number {
  const seconds = error instanceof ApiError ? (error.retryAfterSeconds ?? 0) : 0;
  return Math.min(seconds, 60) * 1_000;
}

/** Whether the same may go well in a moment: no answer came, or the server is busy or away. */
function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500);
}

function takeEvent({ name, id, data }: SourceEvent, reading: Reading): RunEvent | undefined {
  if (id !== undefined && EVENT_ID.test(id)) reading.lastEventId = id;
  if (name === 'progress') return { type: name, run: parse<Run>(data) };
  if (name === 'finished') return { type: name, run: parse<RunWithRows>(data) };
  // Later versions may have more.
  return undefined;
}

function parse<T>(data: string): T {
  try {
    const body: unknown = JSON.parse(data);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as T;
  } catch {
    // Said below.
  }
  throw new ApiError('An event of the stream is not JSON as the API sends it.', { status: 200 });
}

/** The longer, the more often nothing came. */
async function pause({ retryMs, attempts, signal }: Reading): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const time = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, retryMs * Math.max(1, attempts));
  });
  try {
    await unlessAborted(time, signal);
  } finally {
    clearTimeout(timer);
  }
}
