import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';

export interface ReadEvent {
  readonly event: string;
  readonly id: string;
  readonly data: Record<string, unknown>;
}

/** A client of an event stream. */
export interface EventReader {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly ended: Promise<void>;
  /** All that came so far. */
  text(): string;
  events(): readonly ReadEvent[];
  /** Resolves when the text matches; rejects when the stream ends without. */
  until(pattern: RegExp): Promise<void>;
  leave(): void;
  pause(): void;
  resume(): void;
}

export interface Served {
  readonly server: http.Server;
  readonly url: string;
  open(path: string, headers?: http.OutgoingHttpHeaders, method?: string): Promise<EventReader>;
  close(): Promise<void>;
}

/** Serves an app on a port of its own. */
export async function serve(app: Express): Promise<Served> {
  const server = http.createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    server,
    url: `http://127.0.0.1:${port}`,
    open: (path, headers = {}, method = 'GET') => openReader({ port, path, headers, method, agent: false }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function openReader(options: http.RequestOptions): Promise<EventReader> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', ...options }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      const ended = new Promise<void>((end) => response.once('close', end).once('error', () => undefined));
      resolve({
        status: response.statusCode!,
        headers: response.headers,
        ended,
        text: () => text,
        events: () => parseEvents(text),
        until: (pattern) =>
          waitFor(
            response,
            () => pattern.test(text),
            () => text,
          ),
        leave: () => request.destroy(),
        pause: () => response.pause(),
        resume: () => response.resume(),
      });
    });
    request.on('error', reject).end();
  });
}

function waitFor(response: http.IncomingMessage, isThere: () => boolean, text: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (isThere()) resolve();
    };
    response.on('data', look).once('close', () => reject(new Error(`The stream ended with: ${text()}`)));
    look();
  });
}

/** As WHATWG HTML §9.2.6 reads it, for fields of one line each. */
function parseEvents(text: string): readonly ReadEvent[] {
  return text
    .split('\n\n')
    .slice(0, -1)
    .filter((block) => block.includes('event: '))
    .map((block) => {
      const fields = Object.fromEntries(
        block
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(': ') + 2)]),
      );
      return { event: fields.event!, id: fields.id!, data: JSON.parse(fields.data!) };
    });
}
