import { readAnswer } from './answer.js';
import { ApiError } from './api-error.js';
import { CALLS, type CallShape } from './calls.js';
import { sendRequest } from './request.js';
import { readPicture } from './picture.js';
import { readRunEvents } from './run-events.js';
import { withSecondFactor } from './second-factor.js';
import type { CallName, CallOptions, ClientOptions, LdapSyncClient } from './types.js';

const TIMEOUT_MS = 120_000;

/** A client of the API, for browsers and Node. */
export function createClient(options: ClientOptions): LdapSyncClient {
  const calls = Object.keys(CALLS).map((name) => [name, createCall(CALLS[name as CallName], options)]);
  return {
    ...(Object.fromEntries(calls) as Omit<LdapSyncClient, 'photo' | 'runEvents'>),
    photo: (input, given = {}) =>
      send({ method: 'get', verb: 'photo' }, { input, ...given, read: readPicture }, options),
    runEvents: (input, given = {}) => readRunEvents(input, given, options),
  };
}

function createCall(shape: CallShape, options: ClientOptions) {
  return (...given: readonly unknown[]): Promise<object> => {
    const [input, callOptions] = shape.hasInput ? given : [undefined, given[0]];
    return call(shape, { input: input as object | undefined, ...(callOptions as CallOptions) }, options);
  };
}

interface Given extends CallOptions {
  readonly input: object | undefined;
}

async function call(shape: CallShape, given: Given, options: ClientOptions): Promise<object> {
  const never = new AbortController().signal;
  const read = async (response: Response): Promise<object> => {
    const body = await readAnswer(response);
    return shape.hasLocation ? { ...body, runId: toRunId(response) } : body;
  };
  return withSecondFactor((headers) => send(shape, { ...given, headers, read }, options), {
    ask: options.secondFactor,
    signal: given.signal ?? never,
  });
}

interface Sending<T> extends Given {
  readonly headers?: Readonly<Record<string, string>>;
  readonly read: (of: Response) => Promise<T>;
}

/** The time counts anew with each answer: a person may look for a code in between. */
async function send<T>(
  { method, verb }: Pick<CallShape, 'method' | 'verb'>,
  { input, headers, signal, read }: Sending<T>,
  options: ClientOptions,
): Promise<T> {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const late = AbortSignal.timeout(timeoutMs);
  const either = signal ? AbortSignal.any([signal, late]) : late;
  try {
    return await read(await sendRequest({ method, verb, input, headers, signal: either }, options));
  } catch (error) {
    signal?.throwIfAborted();
    if (!late.aborted) throw error;
    throw new ApiError(`The server had not answered after ${Math.round(timeoutMs / 1_000)} seconds.`, {
      status: 0,
    });
  }
}

function toRunId({ status, headers }: Response): string {
  const runId = /[?&]runId=([0-9A-Za-z]{17})$/.exec(headers.get('Location') ?? '')?.[1];
  if (runId !== undefined) return runId;
  throw new ApiError(
    'The call was accepted, and its answer does not say which run it is. Where pages of another origin call the API, ' +
      'the host has to expose the header Location to them.',
    { status },
  );
}
