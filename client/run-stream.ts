import { readAnswer } from './answer.js';
import { ApiError } from './api-error.js';
import { sendRequest, type Transport } from './request.js';
import type { Asked } from './types.js';

/** The server sends something every 15 seconds. */
const SILENCE_MS = 60_000;

interface Opening {
  readonly input: Asked<'runEvents'>;
  readonly transport: Transport;
  readonly signal: AbortSignal;
  readonly lastEventId: string | undefined;
}

/** Connects; `undefined` when the run has ended and the client has seen it. Rejects with what the server refuses. */
export async function openRunStream({
  input,
  transport,
  signal,
  lastEventId,
}: Opening): Promise<Response | undefined> {
  const connecting = new AbortController();
  const late = setTimeout(() => connecting.abort(), SILENCE_MS);
  const headers = {
    Accept: 'text/event-stream',
    ...(lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }),
  };
  try {
    const either = AbortSignal.any([signal, connecting.signal]);
    const request = { method: 'get', verb: 'runEvents', input, headers, signal: either } as const;
    const response = await sendRequest(request, transport);
    if (response.status === 204) return undefined;
    if (response.ok && response.headers.get('Content-Type')?.startsWith('text/event-stream')) return response;
    await readAnswer(response);
    throw new ApiError('The answer is no stream of events.', { status: response.status });
  } catch (error) {
    if (connecting.signal.aborted && !signal.aborted)
      throw new ApiError('The server does not answer.', { status: 0 });
    throw error;
  } finally {
    clearTimeout(late);
  }
}

/** The types of the platform leave the bytes open. */
interface Chunk {
  readonly done: boolean;
  readonly value?: Uint8Array;
}

/** The text of a stream, until it ends or nothing comes for too long. */
export async function* toText({ body }: Response): AsyncGenerator<string, void, undefined> {
  if (!body) return;
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const leave = (): Promise<void> => reader.cancel().catch(() => undefined);
  try {
    for (;;) {
      const silence = setTimeout(() => void leave(), SILENCE_MS);
      const { done, value } = await (reader.read() as Promise<Chunk>).finally(() => clearTimeout(silence));
      if (done || !value) return;
      yield decoder.decode(value, { stream: true });
    }
  } catch (error) {
    throw new ApiError('The stream broke off.', { status: 0, cause: error });
  } finally {
    // Also when the reader leaves in the middle.
    await leave();
  }
}
