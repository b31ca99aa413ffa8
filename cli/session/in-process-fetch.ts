import { createServer, request as sendRequest, type RequestListener } from 'node:http';
import { duplexPair, Readable, type Duplex } from 'node:stream';

export interface InProcess {
  readonly fetch: typeof globalThis.fetch;
  /** Ends what is still being answered. */
  close(): void;
}

/** The ends of a line: when one is torn off, the other notices, as with sockets. */
function connectedPair(): readonly [Duplex, Duplex] {
  const [here, there] = duplexPair();
  here.once('close', () => there.destroy());
  // What has been written to the end is still read.
  there.once('close', () => there.writableFinished || here.destroy());
  return [here, there];
}

const WITHOUT_BODY = new Set([204, 205, 304]);

/**
 * `fetch` to a handler in this process. Node's own server and client speak HTTP over a pipe in memory, so streams,
 * limits and hang-ups are those of a network, and no port or socket is there that anybody else could call.
 */
export function createInProcessFetch(handler: RequestListener): InProcess {
  const server = createServer(handler);
  const closing = new AbortController();

  function call(input: Parameters<typeof fetch>[0], init: RequestInit = {}): Promise<Response> {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input);
    const [here, there] = connectedPair();
    server.emit('connection', there);
    const signal = AbortSignal.any([closing.signal, ...(init.signal ? [init.signal] : [])]);
    return new Promise((resolve, reject) => {
      const request = sendRequest({
        createConnection: () => here,
        host: 'in-process',
        path: pathname + search,
        method: init.method ?? 'GET',
        headers: Object.fromEntries(new Headers(init.headers).entries()) as Record<string, string>,
        signal,
      });
      request.once('error', reject);
      request.once('response', (message) => {
        const status = message.statusCode ?? 500;
        const headers = new Headers();
        for (const [name, value] of Object.entries(message.headers))
          if (value !== undefined) headers.set(name, String(value));
        const body = WITHOUT_BODY.has(status) ? null : (Readable.toWeb(message) as ReadableStream);
        if (body === null) message.resume();
        resolve(new Response(body, { status, headers }));
      });
      request.end(typeof init.body === 'string' ? init.body : undefined);
    });
  }

  return { fetch: call, close: () => closing.abort() };
}
