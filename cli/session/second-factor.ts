import type { Challenge, SecondFactorMethod } from '../../client/index.js';
import { createAsk } from '../terminal/ask.js';
import { toPrintable } from '../terminal/printable.js';
import type { Terminal } from '../terminal/terminal.js';
import { readVariable } from './secret-files.js';

interface Answer {
  readonly method: SecondFactorMethod;
  readonly code: string;
}

/** Variables that hold an answer, each good for one try. */
const VARIABLES = {
  totp: 'CHAT_LDAP_SYNC_TOTP_CODE',
  password: 'CHAT_LDAP_SYNC_PASSWORD',
} as const satisfies Partial<Record<SecondFactorMethod, string>>;

const LABELS: Readonly<Record<SecondFactorMethod, string>> = {
  totp: 'Code of the authenticator app, or a backup code',
  email: 'Code from the mail',
  password: 'Password of the chat server',
};

/** Answers for the second factor: from the environment, else from whoever sits at the terminal. */
export function createSecondFactor(
  terminal: Terminal,
): (challenge: Challenge) => Promise<Answer | undefined> {
  const unused = new Set<keyof typeof VARIABLES>(['totp', 'password']);
  const ask = createAsk(terminal);
  let chosen: SecondFactorMethod | undefined;

  function fromEnvironment(challenge: Challenge): Answer | undefined {
    for (const method of unused) {
      unused.delete(method);
      const code = methodsOf(challenge).includes(method)
        ? readVariable(VARIABLES[method], terminal.environment)
        : undefined;
      if (code !== undefined) return { method, code };
    }
    return undefined;
  }

  return async (challenge) => {
    if (challenge.errorType === 'totp-max-attempts') return undefined;
    const given = fromEnvironment(challenge);
    if (given) return given;
    if (!terminal.canAsk) return undefined;
    if (challenge.errorType === 'totp-invalid') terminal.note('That was not right; try again.');
    chosen ??= await choose(challenge);
    const code = await ask.secret(toQuestion(chosen, challenge));
    return { method: chosen, code: chosen === 'password' ? code : code.trim() };
  };

  async function choose(challenge: Challenge): Promise<SecondFactorMethod> {
    const methods = methodsOf(challenge);
    if (methods.length < 2) return challenge.method;
    const labels = methods.map((one) => [one, LABELS[one]] as const);
    return ask.choice(
      'Second factor',
      Object.fromEntries(labels) as Readonly<Record<SecondFactorMethod, string>>,
    );
  }
}

/** A password is no method that a user has set up, so it is only named where nothing else is. */
function methodsOf({ method, availableMethods }: Challenge): readonly SecondFactorMethod[] {
  return [...new Set([method, ...availableMethods])];
}

function toQuestion(method: SecondFactorMethod, { emailOrUsername }: Challenge): string {
  const to = method === 'email' && emailOrUsername !== undefined ? ` to ${toPrintable(emailOrUsername)}` : '';
  return `${LABELS[method]}${to}`;
}
