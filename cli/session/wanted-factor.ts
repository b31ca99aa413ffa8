import type { SecondFactorMethod } from '../../client/index.js';
import { lookUp } from '../look-up.js';

interface Wanted {
  readonly error: string;
  readonly remedy: string;
}
type Refused = 'totp-required' | 'totp-invalid';

const OR_DATABASE = 'Or run it on a terminal, which asks for it. With MONGO_URL nobody is asked.';

/** What is told of a second factor that was not given, or was wrong, by the one that the user has. */
const WANTED: Readonly<Record<SecondFactorMethod, Readonly<Record<Refused, Wanted>>>> = {
  totp: {
    'totp-required': {
      error: 'A second factor is wanted: a code of the authenticator app.',
      remedy: `Set CHAT_LDAP_SYNC_TOTP_CODE (good for one call). ${OR_DATABASE}`,
    },
    'totp-invalid': {
      error: 'The code of the second factor is wrong, or was used already.',
      remedy: 'Give a new code; each counts once.',
    },
  },
  email: {
    'totp-required': {
      error: 'A second factor is wanted: the code that was mailed to the user.',
      remedy: 'Run it on a terminal, which asks for the code. With MONGO_URL nobody is asked.',
    },
    'totp-invalid': {
      error: 'The mailed code is wrong, or was used already.',
      remedy: 'Give a new code; each counts once.',
    },
  },
  password: {
    'totp-required': {
      error: 'A second factor is wanted: the password of the user, who has no authenticator app.',
      remedy: `Set CHAT_LDAP_SYNC_PASSWORD_FILE to a file that holds it. ${OR_DATABASE}`,
    },
    'totp-invalid': {
      error: 'The password that was given as second factor is wrong.',
      remedy: 'Correct the password in CHAT_LDAP_SYNC_PASSWORD_FILE, or CHAT_LDAP_SYNC_PASSWORD.',
    },
  },
};

/** By what the server says of the user; `undefined` where it is about no second factor, or names none that is known. */
export function toWantedFactor(errorType: string | undefined, details: unknown): Wanted | undefined {
  const { method } = Object(details) as { method?: unknown };
  return typeof method === 'string' ? lookUp(lookUp(WANTED, method) ?? {}, errorType) : undefined;
}
