import type { Response } from 'express';
import type { ChallengeDetails } from '../lib/auth/second-factor/second-factor.js';
import type { LdapSyncError } from '../lib/errors.js';
import type { UnusableSettingsError } from '../lib/settings/unusable-settings-error.js';

/** What an endpoint answers. */
export interface Reply<Body extends object = object> {
  readonly status: number;
  readonly body: Body;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that says why not. */
export type Refused = Reply<
  | {
      readonly success: false;
      readonly error: string;
      readonly errorType?: string;
      readonly details?: object;
    }
  | { readonly status: 'error'; readonly message: string }
>;

/** What a handler returns that has answered by itself. */
export type Answered = 'answered';

export function ok<const Body extends object>(
  body: Body,
  headers: Reply['headers'] = {},
): Reply<Body & { readonly success: true }> {
  return { status: 200, body: { ...body, success: true }, headers };
}

/** The plain refusal of the contract: no further key. */
export function refused(error: string, status = 400): Refused {
  return { status, body: { success: false, error } };
}

/** A refusal with a code that programs can tell. */
export function refusedFor(errorType: string, error: string, status: number): Refused {
  return { status, body: { success: false, error: `${error} [${errorType}]`, errorType } };
}

export const UNAUTHENTICATED: Refused = {
  status: 401,
  body: { status: 'error', message: 'You must be logged in to do this.' },
};

export const FORBIDDEN: Refused = refused(
  'User does not have the permissions required for this action [error-unauthorized]',
  403,
);

export function tooManyRequests(waitSeconds: number): Refused {
  return refused(
    `Error, too many requests. Please slow down. You must wait ${waitSeconds} seconds before trying ` +
      'this endpoint again. [error-too-many-requests]',
    429,
  );
}

const CHALLENGES = {
  required: { errorType: 'totp-required', error: 'TOTP Required [totp-required]' },
  invalid: { errorType: 'totp-invalid', error: 'TOTP Invalid [totp-invalid]' },
  // The spelling is part of Rocket.Chat's contract.
  'max-attempts': {
    errorType: 'totp-max-attempts',
    error: 'TOTP Maximun Failed Attempts Reached [totp-max-attempts]',
  },
} as const;

export function challenge(outcome: keyof typeof CHALLENGES, details: ChallengeDetails): Refused {
  const { error, errorType } = CHALLENGES[outcome];
  return { status: 400, body: { success: false, error, errorType, details } };
}

export function invalidParameters(message: string, status = 400): Refused {
  return refusedFor('invalid-params', message, status);
}

export function failed({ message, code, remedy, finding }: LdapSyncError): Refused {
  return {
    status: 400,
    body: {
      success: false,
      error: message,
      errorType: code,
      ...(remedy === undefined ? {} : { details: { remedy, ...finding } }),
    },
  };
}

/** Names all that is wrong with settings. */
export function unusableSettings({ message, code, remedy, problems }: UnusableSettingsError): Refused {
  return {
    status: 400,
    body: { success: false, error: message, errorType: code, details: { remedy, problems } },
  };
}

/**
 * Sends JSON as exactly `application/json`: Express would add a charset, and clients compare the whole
 * header.
 */
export function send(response: Response, { status, body, headers = {} }: Reply): void {
  // A handler that waited for the database may come after the call was answered for it.
  if (response.headersSent) return;
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('Content-Type', 'application/json');
  response.setHeader('Cache-Control', 'no-store');
  response.end(JSON.stringify(body));
}
