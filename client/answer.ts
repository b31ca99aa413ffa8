import { ApiError } from './api-error.js';

/** More than the largest answer: a page of rows is about one megabyte, all settings a few. */
const MAX_BYTES = 32 * 1024 * 1024;

type Body = Readonly<Record<string, unknown>>;

/** The body of an answer without `success`. Rejects with an {@link ApiError} when it is a refusal or no answer of ours. */
export async function readAnswer(response: Response): Promise<Body> {
  const text = await readText(response);
  const body = parse(text);
  if (!body) throw foreign(response);
  if (response.ok && body.success === true) {
    return Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'success'));
  }
  throw toRefusal(response, body);
}

/** Reads the text, unless it is longer than any answer. */
async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of readChunks(response, MAX_BYTES)) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

/** The bytes of an answer as they come. Rejects where there are more than that. */
export async function* readChunks(
  response: Response,
  mostBytes: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const reader = response.body?.getReader();
  if (!reader) return;
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = (await reader.read()) as { done: boolean; value?: Uint8Array<ArrayBuffer> };
      if (done || !value) return;
      bytes += value.byteLength;
      if (bytes > mostBytes) throw foreign(response, 'is longer than any of its answers');
      yield value;
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    if (error instanceof ApiError) throw error;
    throw new ApiError('The answer broke off.', { status: 0, cause: error });
  }
}

function parse(text: string): Body | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isBody(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Nothing of the text is shown: it may be a whole page of a proxy. */
export function foreign({ status, headers }: Response, is = 'is not JSON as the API sends it'): ApiError {
  return new ApiError(
    `The answer (${status}) ${is}. Look whether the address leads to the API, and what proxies on the way say.`,
    { status, retryAfterSeconds: toSeconds(headers.get('Retry-After')) },
  );
}

function toRefusal({ status, headers }: Response, body: Body): ApiError {
  const { error, message, errorType, details } = body;
  const text = typeof error === 'string' ? error : typeof message === 'string' ? message : '';
  return new ApiError(text === '' ? `The server answered ${status}.` : text, {
    status,
    errorType: typeof errorType === 'string' ? errorType : undefined,
    details: isBody(details) ? details : undefined,
    retryAfterSeconds: toWaiting(status, text) ?? toSeconds(headers.get('Retry-After')),
  });
}

/** The contract has the time of a 429 in the text only. */
function toWaiting(status: number, text: string): number | undefined {
  return status === 429 ? toSeconds(/ wait (\d{1,7}) seconds/.exec(text)?.[1]) : undefined;
}

function toSeconds(text: string | null | undefined): number | undefined {
  return typeof text === 'string' && /^\d{1,7}$/.test(text) ? Number(text) : undefined;
}
