import type http from 'node:http';
import { ApiError, createClient } from '../../client/index.js';
import { answerWith, json, type AnsweringServer } from './answering-server.js';

const send =
  (type: string, bytes: number): http.RequestListener =>
  (_request, response) =>
    void response.writeHead(200, { 'Content-Type': type }).end(Buffer.alloc(bytes, 1));

describe('a picture that the client asks for', () => {
  let server: AnsweringServer;
  afterEach(() => server.close());

  const ask = async (answer: http.RequestListener) => {
    server = await answerWith(answer);
    const credentials = () => ({ userId: 'u', authToken: 't' });
    return createClient({ url: server.url, credentials }).photo({ which: 'chat', userId: 'u' });
  };
  const refusalOf = (answer: http.RequestListener): Promise<unknown> =>
    ask(answer).then(
      () => 'not refused',
      (error: unknown) => (error instanceof ApiError ? error : 'another error'),
    );

  it('comes as its bytes', async () => {
    const blob = await ask(send('image/jpeg', 100_000));
    expect([blob.type, blob.size]).toEqual(['image/jpeg', 100_000]);
    expect(server.calls[0]).toMatchObject({ 'x-user-id': 'u', 'x-auth-token': 't' });
  });

  it('is refused with the kind and the remedy', async () => {
    const details = { remedy: 'Mend it.' };
    const body = { success: false, error: 'No.', errorType: 'photo-not-shown', details };
    expect(await refusalOf(json(400, body))).toMatchObject({
      status: 400,
      errorType: 'photo-not-shown',
      details,
    });
  });

  it.each([
    ['of another type', send('image/svg+xml', 10), /is no picture/],
    ['that is JSON', json(200, { success: true }), /is no picture/],
    ['without an end', send('image/jpeg', 9 * 1024 * 1024), /is longer than any of its answers/],
  ])('is none where the answer is one %s', async (_, answer, message) => {
    expect(await refusalOf(answer)).toMatchObject({ status: 200, message: expect.stringMatching(message) });
  });
});
