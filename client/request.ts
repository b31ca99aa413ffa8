import { ApiError } from './api-error.js';
import type { ClientOptions, Credentials } from './types.js';

/** What goes over the line. */
export interface ApiRequest {
  readonly method: 'get' | 'post';
  readonly verb: string;
  readonly input?: object | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal: AbortSignal;
}

/** How a client reaches the server. */
export type Transport = Pick<ClientOptions, 'url' | 'credentials' | 'fetch'>;

/** What a header may hold. Anything else would be thrown back by `fetch`, with the secret in the message. */
const HEADER_VALUE = /^[!-~]{1,1024}$/;

/** Sends a request. Rejects with an {@link ApiError} when no answer comes, and with the signal's reason. */
export async function sendRequest(
  { method, verb, input, headers, signal }: ApiRequest,
  { url, credentials, fetch = (...given) => globalThis.fetch(...given) }: Transport,
): Promise<Response> {
  const known = toHeaders(await credentials());
  signal.throwIfAborted();
  const isPost = method === 'post';
  const query = isPost ? '' : toQuery(input);
  let response: Response;
  try {
    response = await fetch(`${url.replace(/\/+$/, '')}/ldap.${verb}${query}`, {
      method: method.toUpperCase(),
      headers: { ...(isPost ? { 'Content-Type': 'application/json' } : {}), ...known, ...headers },
      // A server that redirects elsewhere would get the token.
      redirect: 'manual',
      signal,
      ...(isPost && input !== undefined ? { body: JSON.stringify(input) } : {}),
    });
  } catch (error) {
    signal.throwIfAborted();
    throw new ApiError('The server cannot be reached.', { status: 0, cause: error });
  }
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    await response.body?.cancel();
    throw new ApiError(
      'The server redirects the call elsewhere. Give the client the address that it redirects to.',
      { status: response.status },
    );
  }
  return response;
}

function toHeaders(credentials: Credentials | undefined): Record<string, string> {
  if (!credentials) return {};
  const { userId, authToken } = credentials;
  if (!HEADER_VALUE.test(userId) || !HEADER_VALUE.test(authToken))
    throw new ApiError('The user id or the token has characters that cannot be sent.', { status: 0 });
  return { 'X-User-Id': userId, 'X-Auth-Token': authToken };
}

function toQuery(input: object = {}): string {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return query === '' ? '' : `?${query}`;
}
