import { ApiError, createClient, type ClientOptions } from '../../client/index.js';
import { answerWith, json, type AnsweringServer } from './answering-server.js';

const TOKEN = 'a-secret-token';
const RUN = 'a'.repeat(17);

let server: AnsweringServer;
afterEach(() => server.close());

const connect = (options: Partial<ClientOptions> = {}) =>
  createClient({ url: server.url, credentials: () => ({ userId: 'u', authToken: TOKEN }), ...options });
const refusalOf = (call: Promise<unknown>): Promise<ApiError> =>
  call.then(
    () => Promise.reject(new Error('The call was not refused.')),
    (error: unknown) => (error instanceof ApiError ? error : Promise.reject(error as Error)),
  );

describe('an answer that is none of the API', () => {
  it.each<[string, Parameters<typeof json>]>([
    ['the page of a proxy', [502, '<html><h1>Bad gateway</h1>secret inside</html>']],
    ['a page with status 200', [200, '<html>secret inside</html>']],
    ['nothing', [200, '']],
    ['a list', [200, []]],
    ['a text', [200, '"secret inside"']],
    ['JSON that is cut off', [200, '{"success":true,"secret inside']],
  ])('is refused without showing it: %s', async (_, answer) => {
    server = await answerWith(json(...answer));
    const { status, message } = await refusalOf(connect().status());
    expect([status, message]).toEqual([answer[0], expect.stringContaining('proxies')]);
    expect(message).not.toContain('secret');
  });

  it('is refused when it says neither success nor why not', async () => {
    server = await answerWith(json(200, { runs: [] }), json(418, { success: true }));
    expect(await refusalOf(connect().status())).toMatchObject({
      status: 200,
      message: 'The server answered 200.',
    });
    expect((await refusalOf(connect().status())).status).toBe(418);
  });

  it('is not read to its end when it is longer than any of the API', async () => {
    let sent = 0;
    server = await answerWith((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(1 << 20))) sent += 1;
      };
      response.on('drain', more);
      more();
    });
    expect((await refusalOf(connect().status())).message).toContain('longer than any');
    expect(sent).toBeLessThan(64);
  });

  it('is a failure without a status when it breaks off', async () => {
    server = await answerWith((_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('{', () => response.socket?.destroy());
    });
    expect(await refusalOf(connect().status())).toMatchObject({
      status: 0,
      message: 'The answer broke off.',
    });
  });

  it('gets no token where it redirects to', async () => {
    server = await answerWith(
      (_request, response) => void response.writeHead(307, { Location: '/elsewhere' }).end(),
    );
    const { status, message } = await refusalOf(connect().status());
    expect([status, message]).toEqual([307, expect.stringContaining('redirects')]);
    expect(server.calls).toHaveLength(1);
  });

  it('has kinds, details and texts of other types left out', async () => {
    server = await answerWith(json(400, { success: false, error: { a: 1 }, errorType: 7, details: 'all' }));
    expect(await refusalOf(connect().status())).toMatchObject({
      status: 400,
      message: 'The server answered 400.',
      errorType: undefined,
      details: undefined,
    });
  });

  it('has a text of any length shown in part', async () => {
    server = await answerWith(json(400, { success: false, error: 'x'.repeat(100_000) }));
    expect((await refusalOf(connect().status())).message.length).toBeLessThan(3_000);
  });

  it('does not make a client ask for a second factor by a method that there is not', async () => {
    const details = { method: 'constructor', availableMethods: ['toString'] };
    server = await answerWith(json(400, { success: false, error: 'x', errorType: 'totp-required', details }));
    const secondFactor = jest.fn();
    expect((await refusalOf(connect({ secondFactor }).syncNow())).errorType).toBe('totp-required');
    expect(secondFactor).not.toHaveBeenCalled();
  });
});

describe('a call', () => {
  it('says what to do when its answer does not name the run that it started', async () => {
    server = await answerWith(json(200, { success: true, message: 'Sync_in_progress' }));
    expect((await refusalOf(connect().syncNow())).message).toContain('Location');
  });

  it('takes the waiting time of a database that is away', async () => {
    const body = { success: false, error: 'away', errorType: 'error-database-unavailable' };
    server = await answerWith(json(503, body, { 'Retry-After': '5' }));
    expect(await refusalOf(connect().status())).toMatchObject({ status: 503, retryAfterSeconds: 5 });
  });

  it('rejects with status 0 and the cause when there is no server', async () => {
    server = await answerWith(json(200, {}));
    await server.close();
    const error = await refusalOf(connect().status());
    expect(error).toMatchObject({ status: 0, message: 'The server cannot be reached.' });
    expect(error.cause).toMatchObject({ name: 'TypeError' });
  });

  it('rejects when no answer comes in time', async () => {
    server = await answerWith(() => undefined);
    expect(await refusalOf(connect({ timeoutMs: 20 }).status())).toMatchObject({
      status: 0,
      message: expect.stringContaining('had not answered'),
    });
  });

  it.each([`${TOKEN}\nX-Evil: 1`, `${TOKEN}ü`, ''])(
    'does not show a token that cannot be sent (%j), and sends nothing',
    async (authToken) => {
      server = await answerWith(json(200, {}));
      const error = await refusalOf(connect({ credentials: () => ({ userId: 'u', authToken }) }).status());
      expect(JSON.stringify([error.message, error.stack, error.cause])).not.toContain(TOKEN);
      expect(server.calls).toEqual([]);
    },
  );

  it('ends with the reason of its signal, also while a person looks for the code', async () => {
    const details = { method: 'totp', codeGenerated: false, availableMethods: ['totp'] };
    const challenge = json(400, { success: false, error: 'x', errorType: 'totp-required', details });
    server = await answerWith(challenge, () => undefined);
    const asking = new AbortController();
    const reason = new Error('left');
    const call = connect({
      secondFactor: () => {
        asking.abort(reason);
        return new Promise(() => undefined);
      },
    }).syncNow({ signal: asking.signal });
    await expect(call).rejects.toBe(reason);
    const waiting = new AbortController();
    const unanswered = connect().runInfo({ runId: RUN }, { signal: waiting.signal });
    waiting.abort(reason);
    await expect(unanswered).rejects.toBe(reason);
    await expect(connect().status({ signal: waiting.signal })).rejects.toBe(reason);
  });

  it('ends with the reason of its signal also while the answer is read', async () => {
    server = await answerWith((_request, response) => void response.writeHead(200).write('{'));
    const leaving = new AbortController();
    const reason = new Error('left');
    const client = connect({
      fetch: async (...given) => {
        const response = await fetch(...given);
        setImmediate(() => leaving.abort(reason));
        return response;
      },
    });
    await expect(client.status({ signal: leaving.signal })).rejects.toBe(reason);
  });

  it('goes to the address as it is given, with or without a slash at its end', async () => {
    const paths: (string | undefined)[] = [];
    server = await answerWith((request, response) => {
      paths.push(request.url);
      json(200, { success: true })(request, response);
    });
    await connect({ url: `${server.url}/deep/api/v1//` }).runChanges({ runId: RUN, text: 'ü&x' });
    expect(paths).toEqual([`/deep/api/v1/ldap.runChanges?runId=${RUN}&text=%C3%BC%26x`]);
  });
});
