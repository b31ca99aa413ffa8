import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { ApiError, createClient, type ClientOptions, type RunEvent } from '../../client/index.js';
import { answerWith, events, json, type AnsweringServer } from './answering-server.js';

const RUN = 'a'.repeat(17);
const PROGRESS = 'retry: 100\n\nevent: progress\nid: one\ndata: {"state":"running"}\n\n';
const FINISHED = 'event: finished\nid: two\ndata: {"state":"completed"}\n\n';

let server: AnsweringServer;
afterEach(() => server.close());

const connect = (options: Partial<ClientOptions> = {}) =>
  createClient({ url: server.url, credentials: () => ({ userId: 'u', authToken: 't' }), ...options });

async function readAll(stream: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const read: RunEvent[] = [];
  for await (const event of stream) read.push(event);
  return read;
}
const read = (signal?: AbortSignal) => readAll(connect().runEvents({ runId: RUN }, { signal }));
const refusalOf = (reading: Promise<unknown>): Promise<ApiError> =>
  reading.then(
    () => Promise.reject(new Error('The stream was not refused.')),
    (error: unknown) => (error instanceof ApiError ? error : Promise.reject(error as Error)),
  );
const progress = { type: 'progress', run: { state: 'running' } };
const finished = { type: 'finished', run: { state: 'completed' } };

describe('the events of a run', () => {
  it.each(['ends', 'is cut'] as const)(
    'go on where they were when the connection %s before the run has ended',
    async (end) => {
      server = await answerWith(events(PROGRESS, end), events(FINISHED));
      expect(await read()).toEqual([progress, finished]);
      expect(server.calls.map((headers) => headers['last-event-id'])).toEqual([undefined, 'one']);
      expect(server.calls[0]).toMatchObject({ accept: 'text/event-stream', 'x-auth-token': 't' });
    },
  );

  it('end when the client has seen the end', async () => {
    server = await answerWith(events(PROGRESS), (_request, response) => void response.writeHead(204).end());
    expect(await read()).toEqual([progress]);
  });

  it('go on after a time in which the server was busy, or was not there', async () => {
    const busy = { success: false, error: 'slow down. You must wait 1 seconds before trying' };
    server = await answerWith(
      events(PROGRESS),
      json(429, busy),
      (request) => request.socket.destroy(),
      json(503, { success: false, error: 'away' }),
      events(FINISHED),
    );
    expect(await read()).toEqual([progress, finished]);
  });

  it.each([401, 403, 400])('reject with what the server refuses, at first and later: %i', async (status) => {
    const no = json(status, { success: false, error: 'No.' });
    server = await answerWith(no, events(PROGRESS), no);
    expect(await refusalOf(read())).toMatchObject({ status, message: 'No.' });
    expect(await refusalOf(read())).toMatchObject({ status, message: 'No.' });
  });

  it('reject when the first connection fails', async () => {
    server = await answerWith(json(503, { success: false, error: 'away' }));
    expect((await refusalOf(read())).status).toBe(503);
    await server.close();
    expect((await refusalOf(read())).status).toBe(0);
  });

  it('reject when nothing comes by five connections in a row', async () => {
    server = await answerWith(events(PROGRESS), events('retry: 0\n\n'));
    expect(await refusalOf(read())).toMatchObject({ status: 0, message: expect.stringContaining('again') });
    expect(server.calls).toHaveLength(6);
  });

  it('reject when the answer is no stream', async () => {
    server = await answerWith(json(200, { success: true }));
    expect((await refusalOf(read())).message).toContain('no stream');
  });

  it.each(['reader leaves', 'signal aborts'])('close the connection when the %s', async (how) => {
    let answered: ServerResponse | undefined;
    server = await answerWith((_request, response) => {
      answered = response;
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(PROGRESS);
    });
    const leaving = new AbortController();
    const reason = new Error('left');
    const reading = (async () => {
      for await (const event of connect().runEvents({ runId: RUN }, { signal: leaving.signal })) {
        expect(event).toEqual(progress);
        if (how === 'reader leaves') break;
        leaving.abort(reason);
      }
    })();
    if (how === 'reader leaves') await reading;
    else await expect(reading).rejects.toBe(reason);
    if (!answered!.closed) await once(answered!, 'close');
  });

  it('end at once when the signal has aborted before, or aborts between two connections', async () => {
    server = await answerWith(events('retry: 9999999\n\n: ended time-over\n\n'));
    const leaving = new AbortController();
    const reading = readAll(
      connect({
        credentials: () => {
          setTimeout(() => leaving.abort(new Error('left')), 50);
          return undefined;
        },
      }).runEvents({ runId: RUN }, { signal: leaving.signal }),
    );
    await expect(reading).rejects.toThrow('left');
    await expect(read(leaving.signal)).rejects.toThrow('left');
  });
});

describe('a hostile stream', () => {
  it.each([
    ['no JSON', 'event: progress\ndata: <html>\n\n'],
    ['a list', 'event: finished\ndata: []\n\n'],
  ])('is refused when an event has %s', async (_, text) => {
    server = await answerWith(events(text));
    expect((await refusalOf(read())).message).toContain('not JSON');
  });

  it.each([
    ['a line', `data: ${'x'.repeat(9 << 20)}`],
    ['an event', `data: ${'x'.repeat(1 << 20)}\n`.repeat(9)],
  ])('is refused when %s has no end', async (_, text) => {
    server = await answerWith(events(text));
    expect((await refusalOf(read())).message).toContain('longer than any');
  });

  it('has unknown events, fields and comments passed over, and no odd id sent back', async () => {
    const odd = 'event: later\ndata: no JSON\n\nfoo: bar\nconstructor: x\n__proto__\n: comment\n\nid: ü\n\n';
    server = await answerWith(
      events(`${odd}retry: x\n\n${PROGRESS.replace('id: one', 'id: ü')}`),
      events(FINISHED),
    );
    expect(await read()).toEqual([progress, finished]);
    expect(server.calls[1]!['last-event-id']).toBeUndefined();
  });

  it('is read whatever its line ends are, and wherever it is cut into pieces', async () => {
    const text = `${PROGRESS}${FINISHED.replace('completed', 'ü山')}`.replaceAll('\n', '\r\n');
    server = await answerWith(events(''));
    // A network may put pieces together again.
    const inPieces = new ReadableStream({
      start(controller) {
        for (const byte of Buffer.from(text)) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const client = connect({
      fetch: async () => new Response(inPieces, { headers: { 'Content-Type': 'text/event-stream' } }),
    });
    const all = await readAll(client.runEvents({ runId: RUN }));
    expect(all).toEqual([progress, { type: 'finished', run: { state: 'ü山' } }]);
  });
});
