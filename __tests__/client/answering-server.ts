import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AnsweringServer {
  readonly url: string;
  /** The headers of the calls so far. */
  readonly calls: readonly http.IncomingHttpHeaders[];
  close(): Promise<void>;
}

/** A server that answers the calls one after the other, and all further ones as the last. */
export async function answerWith(...answers: readonly http.RequestListener[]): Promise<AnsweringServer> {
  const calls: http.IncomingHttpHeaders[] = [];
  const server = http.createServer((request, response) => {
    calls.push(request.headers);
    (answers[calls.length - 1] ?? answers.at(-1)!)(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An answer of JSON. */
export function json(
  status: number,
  body: unknown,
  headers: http.OutgoingHttpHeaders = {},
): http.RequestListener {
  return (_request, response) =>
    response
      .writeHead(status, { 'Content-Type': 'application/json', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** A stream that ends with its text, or is cut off after it. */
export function events(text: string, end: 'ends' | 'is cut' = 'ends'): http.RequestListener {
  return (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(text, () => (end === 'ends' ? response.end() : response.socket?.destroy()));
  };
}
