import type { Challenge, Credentials } from '../../client/index.js';
import type { AskForCode } from '../second-factor/ask-for-code.js';

export interface Given {
  readonly user: string;
  readonly password: string;
}
/** Why nobody was signed in: a code of the catalogue, and what the server said. */
export class LoginRefused extends Error {
  readonly code: 'wrong' | 'no-endpoint' | 'too-many' | 'no-answer' | 'no-code' | 'refused';

  constructor(code: LoginRefused['code'], message = '') {
    super(message);
    this.name = 'LoginRefused';
    this.code = code;
  }
}

interface Answer {
  readonly data?: { readonly userId?: unknown; readonly authToken?: unknown };
  readonly error?: unknown;
  readonly errorType?: unknown;
  readonly message?: unknown;
  readonly details?: Partial<Challenge>;
}

const MOST_CODES = 3;
const CHALLENGES = ['totp-required', 'totp-invalid', 'totp-max-attempts'] as const;

/** Signs in at the chat server's own `POST login`, with a second factor where it asks for one. */
export async function logIn(api: string, given: Given, askForCode: AskForCode): Promise<Credentials> {
  let factor: Awaited<ReturnType<AskForCode>>;
  for (let codes = 0; ; codes += 1) {
    const { response, answer } = await post(api, given, factor);
    const { userId, authToken } = answer.data ?? {};
    if (response.ok && typeof userId === 'string' && typeof authToken === 'string')
      return { userId, authToken };
    const errorType = CHALLENGES.find((one) => one === answer.errorType || one === answer.error);
    if (errorType === undefined || codes === MOST_CODES) throw toRefusal(response.status, answer);
    const { method = 'totp', availableMethods = [method], ...rest } = answer.details ?? {};
    factor = await askForCode({ ...rest, errorType, method, availableMethods } as Challenge);
    if (!factor) throw new LoginRefused('no-code');
  }
}

async function post(api: string, { user, password }: Given, factor: Awaited<ReturnType<AskForCode>>) {
  try {
    const response = await fetch(`${api}/login`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(factor ? { 'x-2fa-method': factor.method, 'x-2fa-code': factor.code } : {}),
      },
      body: JSON.stringify({ user, password, ...(factor ? { code: factor.code } : {}) }),
      credentials: 'same-origin',
    });
    const answer = (await response.json().catch(() => ({}))) as Answer | null;
    return { response, answer: answer ?? {} };
  } catch (error) {
    throw new LoginRefused('no-answer', error instanceof Error ? error.message : '');
  }
}

function toRefusal(status: number, { error, message }: Answer): LoginRefused {
  const text = [message, error].find((one) => typeof one === 'string') ?? '';
  if (status === 404) return new LoginRefused('no-endpoint');
  if (status === 429) return new LoginRefused('too-many', text);
  return status === 401 ? new LoginRefused('wrong') : new LoginRefused('refused', text);
}
