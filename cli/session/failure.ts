import { ApiError } from '../../client/index.js';
import { CommandError, type Mistake } from '../command-error.js';
import type { Exit } from '../exit-codes.js';
import { lookUp } from '../look-up.js';
import { toWantedFactor } from './wanted-factor.js';

/** Why a command did not do what it was asked, for people and for `--json`. */
export interface Failure {
  readonly exit: Exit;
  readonly error: string;
  readonly errorType?: string | undefined;
  readonly remedy?: string | undefined;
  readonly mistakes: readonly Mistake[];
  /** For whoever mends this package; only of what nobody expected. */
  readonly stack?: string | undefined;
}

const EXIT_OF_TYPE: Readonly<Record<string, Exit>> = {
  'totp-required': 'forbidden',
  'totp-invalid': 'forbidden',
  'totp-max-attempts': 'forbidden',
  'error-not-authorized': 'forbidden',
  'invalid-params': 'usage',
  'run-in-progress': 'busy',
  'error-database-unavailable': 'unreachable',
};
const EXIT_OF_STATUS: Readonly<Record<number, Exit>> = {
  0: 'unreachable',
  401: 'forbidden',
  403: 'forbidden',
  429: 'unreachable',
  502: 'unreachable',
  503: 'unreachable',
  504: 'unreachable',
};

const SECOND_FACTOR =
  'Run it on a terminal, which asks for the code; or set CHAT_LDAP_SYNC_TOTP_CODE (good for one call) or ' +
  'CHAT_LDAP_SYNC_PASSWORD_FILE. With MONGO_URL instead of --url no second factor is asked for.';
const REMEDY_OF_TYPE: Readonly<Record<string, string>> = {
  'totp-required': SECOND_FACTOR,
  'totp-invalid': 'Give a new code; each counts once.',
  'totp-max-attempts': 'Wait a quarter of an hour.',
  'run-in-progress': 'Wait until it has ended: chat-ldap-sync status.',
  'error-not-authorized': 'Give the user the permission sync-auth-services-users.',
};
const REMEDY_OF_STATUS: Readonly<Record<number, string>> = {
  0: 'Check the URL, and that the chat server is up.',
  401: 'Set CHAT_LDAP_SYNC_USER_ID and CHAT_LDAP_SYNC_AUTH_TOKEN to those of a login that is still good.',
  403: 'Give the user the permission: sync-auth-services-users, test-admin-options, or those for settings.',
  404: 'The URL has to lead to where the chat server mounts the package, such as …/api/v1.',
};
/** Refusals that the contract gives no code. */
const REMEDY_OF_TEXT: Readonly<Record<string, string>> = {
  'User not found':
    'Display names are not searched. Give a user name, a mail address, a DN, or an id (--by id).',
};

export function toFailure(error: unknown): Failure {
  if (error instanceof CommandError) {
    const { exit, message, remedy, mistakes } = error;
    return { exit, error: message, remedy, mistakes };
  }
  if (error instanceof ApiError) return fromApi(error);
  return {
    exit: 'failed',
    error: 'An error that nobody expected has ended the command.',
    remedy: 'Report it as an issue of chat-ldap-sync, with the lines below.',
    mistakes: [],
    stack: error instanceof Error ? error.stack : String(error),
  };
}

function fromApi(refusal: ApiError): Failure {
  const { status, message, errorType = codeIn(message), details, cause, retryAfterSeconds } = refusal;
  const { remedy, problems, reason } = Object(details) as Record<string, unknown>;
  const mistakes = Array.isArray(problems) ? problems.flatMap(toMistake) : [];
  const wait = retryAfterSeconds === undefined ? undefined : `Wait ${retryAfterSeconds} seconds.`;
  const usual =
    wait ??
    lookUp(REMEDY_OF_TEXT, message) ??
    lookUp(REMEDY_OF_TYPE, errorType) ??
    lookUp(REMEDY_OF_STATUS, status);
  const exit = lookUp(EXIT_OF_TYPE, errorType) ?? lookUp(EXIT_OF_STATUS, status) ?? 'failed';
  const about = { exit, errorType };
  // The text of the refusal is then that of the first mistake.
  if (mistakes.length > 0) return { ...about, error: 'The settings cannot be used.', mistakes };
  const wanted = toWantedFactor(errorType, details);
  if (wanted) return { ...about, ...wanted, mistakes };
  return {
    ...about,
    error: status === 0 ? `The chat server does not answer${toCause(cause)}.` : toText(message, reason),
    remedy: typeof remedy === 'string' ? remedy : usual,
    mistakes,
  };
}

/** Rocket.Chat writes codes into its texts: `… [error-unauthorized]`, or nothing but one. */
function codeIn(message: string): string | undefined {
  return /\[([a-z-]+)\]$/.exec(message)?.[1] ?? /^error-[a-z-]+$/.exec(message)?.[0];
}

function toText(message: string, reason: unknown): string {
  const text = message.replace(/\s*\[[a-z-]+\]$/, '');
  return typeof reason === 'string' ? `${text}: ${reason}` : text;
}

/** `fetch` hides the reason of a failure one level down. */
function toCause(cause: unknown): string {
  const { code, cause: deeper } = Object(cause) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return ` (${code})`;
  return deeper === undefined ? '' : toCause(deeper);
}

function toMistake(problem: unknown): readonly Mistake[] {
  const { setting, message, remedy } = Object(problem) as Record<string, unknown>;
  if (typeof message !== 'string') return [];
  return [
    {
      message: typeof setting === 'string' && !message.includes(setting) ? `${setting}: ${message}` : message,
      ...(typeof remedy === 'string' ? { remedy } : {}),
    },
  ];
}
