import type { Request, Response } from 'express';
import type { Authenticate, Authorize, Principal } from '../lib/auth/principal.js';
import type { RateLimit, RateLimitState } from '../lib/auth/rate-limit.js';
import type { VerifySecondFactor } from '../lib/auth/second-factor/second-factor.js';
import { syncsAbac } from '../lib/settings/abac/uses-abac.js';
import type { ReadSettings, Settings } from '../lib/settings/settings.js';
import { challenge, refused, tooManyRequests, UNAUTHENTICATED, type Refused } from './reply.js';
import { readBody } from './request-body.js';
import type { RouterDependencies } from './router-dependencies.js';

/** A request on its way through the checks. */
export interface Call {
  readonly request: Request;
  readonly response: Response;
  readonly principal: Principal;
}

/** Lets a call pass, or answers it. */
export type Check = (call: Call) => Promise<Refused | undefined>;

/**
 * Finds out who is calling, before all other checks. Calls without a valid token are counted by address,
 * apart from those of signed-in users.
 */
export async function identify(
  { authenticate, strangerLimit }: Pick<RouterDependencies, 'authenticate' | 'strangerLimit'>,
  { request, response }: Pick<Call, 'request' | 'response'>,
): Promise<Principal | Refused> {
  const principal = await authenticate(request);
  if (principal) return principal;
  const state = await strangerLimit(request.ip);
  return (state?.limited && limited(state, response)) || UNAUTHENTICATED;
}

/** `scope` names what is counted together. The headers are set on every answer, as Rocket.Chat does. */
export function checkRateLimit(limit: RateLimit, scope: string): Check {
  return async ({ request, response, principal }) => {
    const state = await limit({ scope, principal, address: request.ip });
    return state && limited(state, response);
  };
}

function limited(state: RateLimitState, response: Response): Refused | undefined {
  response.setHeader('X-RateLimit-Limit', String(state.limit));
  response.setHeader('X-RateLimit-Remaining', String(state.remaining));
  response.setHeader('X-RateLimit-Reset', String(state.resetAt.getTime()));
  return state.limited ? tooManyRequests(state.retryAfterSeconds) : undefined;
}

export const checkBody: Check = ({ request, response }) => readBody(request, response);

export function checkSecondFactor(verify: VerifySecondFactor): Check {
  return async ({ request, principal }) => {
    const verdict = await verify(principal, {
      code: request.headers['x-2fa-code'],
      method: request.headers['x-2fa-method'],
      address: request.ip,
    });
    if (verdict.outcome === 'passed') return undefined;
    return verdict.outcome === 'busy'
      ? tooManyRequests(verdict.retryAfterSeconds)
      : challenge(verdict.outcome, verdict.details);
  };
}

export function checkPermission(authorize: Authorize, permission: string, refusal: Refused): Check {
  return async ({ principal }) => ((await authorize(principal, permission)) ? undefined : refusal);
}

/** A check for some calls only. */
export function checkWhere(isMeant: (call: Call) => boolean | Promise<boolean>, check: Check): Check {
  return async (call) => ((await isMeant(call)) ? check(call) : undefined);
}

/**
 * The last check before something happens: the token may have been revoked while the call waited for a body
 * or a code.
 */
export function checkStillSignedIn(authenticate: Authenticate): Check {
  return async ({ request, principal }) =>
    (await authenticate(request))?.userId === principal.userId ? undefined : UNAUTHENTICATED;
}

/** Whether there is anything to sync. */
export function checkSwitchedOn(readSettings: ReadSettings): Check {
  return async () => findSwitchedOff(await readSettings());
}

/** Why there is nothing to sync. */
export function findSwitchedOff(settings: Settings): Refused | undefined {
  const { get } = settings;
  if (!get('LDAP_Enable')) return refused('LDAP_disabled');
  const isAnythingOn =
    get('LDAP_Background_Sync') || get('LDAP_Background_Sync_Avatars') || syncsAbac(settings);
  return isAnythingOn ? undefined : refused('LDAP_Background_Sync_disabled');
}
