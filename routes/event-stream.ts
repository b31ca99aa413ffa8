import type { Request, Response } from 'express';

/** One event of a stream; `data` becomes one line of JSON. */
export interface StreamEvent {
  readonly name: string;
  readonly id: string;
  readonly data: string;
}

/** A response that goes on (`text/event-stream`, WHATWG HTML §9.2). */
export interface EventStream {
  /** Aborts when the client has gone. */
  readonly closed: AbortSignal;
  /**
   * True while the client reads more slowly than it is written to: further writes would pile up in memory.
   */
  isBusy(): boolean;
  send(event: StreamEvent): void;
  /** Something that clients ignore, so that proxies see life. */
  beat(): void;
  /** A comment of one line, which clients ignore and people can read. */
  comment(text: string): void;
  end(): void;
}

interface Connected {
  readonly request: Request;
  readonly response: Response;
}

const HEADERS = {
  'Content-Type': 'text/event-stream',
  // Without a transformation: a compressing middleware or proxy would keep events back until it has enough of
  // them.
  'Cache-Control': 'no-cache, no-transform',
  // nginx buffers otherwise.
  'X-Accel-Buffering': 'no',
} as const;

/**
 * Sends the headers. `retryMs` tells clients how long to wait before they connect again; `graceMs` is how
 * long they may take to read the rest after the end.
 */
export function openEventStream(
  { request, response }: Connected,
  { retryMs, graceMs }: { retryMs: number; graceMs: number },
): EventStream {
  const closed = new AbortController();
  // Listens to the response, not the request: the request closes as soon as it has been read.
  response.once('close', () => closed.abort());
  // The client may have gone while its permission was looked up; then there is no `close` any more.
  if (request.socket.destroyed) closed.abort();
  response.statusCode = 200;
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  response.flushHeaders();
  write(`retry: ${retryMs}\n\n`);

  function write(text: string): void {
    if (!closed.signal.aborted && !response.writableEnded) response.write(text);
  }

  return {
    closed: closed.signal,
    isBusy: () => response.writableNeedDrain,
    send: ({ name, id, data }) => write(`event: ${name}\nid: ${id}\ndata: ${data}\n\n`),
    beat: () => write(':\n\n'),
    comment: (text) => write(`: ${text}\n\n`),
    end() {
      response.end();
      if (closed.signal.aborted) return;
      // A client that does not read what is left would keep the connection open for as long as it likes.
      const patience = setTimeout(() => response.destroy(), graceMs).unref();
      closed.signal.addEventListener('abort', () => clearTimeout(patience), { once: true });
    },
  };
}
