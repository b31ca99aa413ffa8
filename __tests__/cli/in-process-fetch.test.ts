import { once } from 'node:events';
import { createInProcessFetch } from '../../cli/session/in-process-fetch.js';

const URL_ = 'http://in-process.invalid/api/v1/x?a=1';

describe('a call in this process', () => {
  it('brings method, path, headers and body, and takes status, headers and body back', async () => {
    const { fetch } = createInProcessFetch((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { method, url, headers } = request;
        response.writeHead(201, { Location: '/there' });
        response.end(JSON.stringify({ method, url, token: headers['x-auth-token'], body }));
      });
    });
    const answer = await fetch(URL_, {
      method: 'POST',
      headers: { 'X-Auth-Token': 't' },
      body: 'ä'.repeat(100_000),
    });
    expect([answer.status, answer.headers.get('Location')]).toEqual([201, '/there']);
    expect(await answer.json()).toEqual({
      method: 'POST',
      url: '/api/v1/x?a=1',
      token: 't',
      body: 'ä'.repeat(100_000),
    });
  });

  it('has no body where HTTP has none', async () => {
    const { fetch } = createInProcessFetch((_request, response) => response.writeHead(204).end());
    const answer = await fetch(URL_);
    expect([answer.status, await answer.text()]).toEqual([204, '']);
  });

  it('gives a stream as it comes, and hangs up when its reader leaves', async () => {
    let closed: Promise<unknown> | undefined;
    const { fetch } = createInProcessFetch((_request, response) => {
      closed = once(response, 'close');
      response.write('first');
    });
    const answer = await fetch(URL_);
    const reader = answer.body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('first');
    await reader.cancel();
    await closed;
  });

  it('rejects when it is aborted, and when all calls are ended', async () => {
    const { fetch, close } = createInProcessFetch(() => undefined);
    await expect(fetch(URL_, { signal: AbortSignal.timeout(10) })).rejects.toThrow();
    const waiting = fetch(URL_);
    close();
    await expect(waiting).rejects.toThrow();
  });

  it('rejects when the handler breaks off', async () => {
    const { fetch } = createInProcessFetch((_request, response) => void response.destroy());
    await expect(fetch(URL_)).rejects.toThrow();
  });
});
