import { ApiError } from './api-error.js';
import type { Challenge, ClientOptions, SecondFactor, SecondFactorMethod } from './types.js';

const MAX_QUESTIONS = 3;
const METHODS: Readonly<Record<SecondFactorMethod, true>> = { totp: true, email: true, password: true };

/** Makes a call with these headers. Rejects when it is refused. */
type CallWith<T> = (headers: Readonly<Record<string, string>>) => Promise<T>;

interface Asking {
  readonly ask: ClientOptions['secondFactor'];
  readonly signal: AbortSignal;
}

/** Makes a call, and makes it again with a code when one is asked for. */
export async function withSecondFactor<T>(call: CallWith<T>, { ask, signal }: Asking): Promise<T> {
  let headers: Readonly<Record<string, string>> = {};
  for (let asked = 0; ; asked += 1) {
    try {
      return await call(headers);
    } catch (error) {
      const challenge = toChallenge(error);
      if (!ask || !challenge || challenge.errorType === 'totp-max-attempts' || asked === MAX_QUESTIONS)
        throw error;
      const given = await unlessAborted(ask(challenge), signal);
      if (!given) throw error;
      headers = await toHeaders(given);
    }
  }
}

/** The challenge in a refusal, whatever else the answer holds. */
function toChallenge(error: unknown): Challenge | undefined {
  if (!(error instanceof ApiError) || error.status !== 400 || !error.details) return undefined;
  const { errorType, details } = error;
  if (errorType !== 'totp-required' && errorType !== 'totp-invalid' && errorType !== 'totp-max-attempts')
    return undefined;
  const { method, availableMethods, codeGenerated, codeExpires, emailOrUsername } = details;
  if (!isMethod(method)) return undefined;
  return {
    errorType,
    method,
    availableMethods: Array.isArray(availableMethods) ? availableMethods.filter(isMethod) : [],
    codeGenerated: codeGenerated === true,
    ...(typeof codeExpires === 'string' ? { codeExpires } : {}),
    ...(typeof emailOrUsername === 'string' ? { emailOrUsername } : {}),
  };
}

function isMethod(value: unknown): value is SecondFactorMethod {
  return typeof value === 'string' && Object.hasOwn(METHODS, value);
}

async function toHeaders({ method, code }: SecondFactor): Promise<Record<string, string>> {
  // Spaces between digits are how some apps show a code; and no other character could be sent.
  const sent = method === 'password' ? await toSha256(code) : code.replace(/[^!-~]/g, '').slice(0, 256);
  return { 'x-2fa-method': method, 'x-2fa-code': sent };
}

/** The contract takes the hex SHA-256 of a password. */
async function toSha256(password: string): Promise<string> {
  const subtle = (globalThis.crypto as Partial<typeof globalThis.crypto> | undefined)?.subtle;
  if (!subtle)
    throw new ApiError(
      'A password can only be hashed on a page that was loaded over https. Load it so, or use another second factor.',
      { status: 0 },
    );
  const hash = await subtle.digest('SHA-256', new TextEncoder().encode(password));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A person may take any time to answer; the signal ends the waiting. */
export function unlessAborted<T>(waiting: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason as Error);
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    waiting.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
