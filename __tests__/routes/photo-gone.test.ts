import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Response } from 'express';
import type { ShowPhoto } from '../../lib/explain/show-photo.js';
import { createPhotoRoute } from '../../routes/photo.js';

type Ended = PromiseSettledResult<unknown>;

/** How the handler ends whose client hangs up as soon as the picture is being looked for. */
async function hangUpOn(showPhoto: (begin: () => void) => ShowPhoto): Promise<Ended> {
  let request: http.ClientRequest | undefined;
  const handle = createPhotoRoute({ showPhoto: showPhoto(() => request?.destroy()) });
  return new Promise<Ended>((resolve) => {
    const server = http.createServer((_, response) => {
      const call = { response: response as Response, input: { which: 'chat', userId: 'u' } };
      void Promise.allSettled([handle(call as Parameters<typeof handle>[0])]).then(([ended]) => {
        server.close();
        resolve(ended);
      });
    });
    server.listen(0, '127.0.0.1', () => {
      request = http.get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
      request.on('error', () => undefined);
    });
  });
}

describe('a picture whose client has gone', () => {
  it('is given up at once, and is no failure of the host', async () => {
    const ended = await hangUpOn((begin) => (_, gone) => {
      begin();
      return new Promise((_resolve, reject) =>
        gone.addEventListener('abort', () => reject(gone.reason as Error), { once: true }),
      );
    });
    expect(ended).toEqual({ status: 'fulfilled', value: 'answered' });
  });

  it('is a failure where something else is wrong', async () => {
    const handle = createPhotoRoute({ showPhoto: () => Promise.reject(new Error('a fault')) });
    const response = { once: () => undefined } as unknown as Response;
    const call = { response, input: { which: 'chat', userId: 'u' } };
    await expect(handle(call as Parameters<typeof handle>[0])).rejects.toThrow('a fault');
  });
});
