import { AD_CODE_REFUSALS, AD_REFUSALS } from './ad-refusals.js';
import { ANONYMOUS, CODE_REFUSALS, SEARCH_REFUSALS, TEXT_REFUSALS, type Refusal } from './refusals.js';
import type { ResponseResult } from './server-text.js';

/** `operationsError`, `insufficientAccessRights`, `unwillingToPerform`: they may demand it, in words. */
const PERHAPS_DEMANDED: ReadonlySet<number> = new Set([1, 50, 53]);
/** `strongerAuthRequired`, `inappropriateAuthentication`: of who has not signed in, they demand that. */
const SIGN_IN_DEMANDED: ReadonlySet<number> = new Set([8, 48]);

/** What was refused. */
export interface Refused {
  readonly request: 'bind' | 'search';
  readonly isAnonymous: boolean;
}

/**
 * Why a server refuses. Active Directory's own codes say more than the result, and some servers say what they
 * mean in words only.
 */
export function findRefusal(answer: ResponseResult, { request, isAnonymous }: Refused): Refusal | undefined {
  const { adReason, adCode, resultCode } = answer;
  if (resultCode === 0) return undefined;
  return (
    AD_REFUSALS[adReason] ??
    AD_CODE_REFUSALS[adCode] ??
    (isAnonymous && isSignInDemanded(answer) ? ANONYMOUS : undefined) ??
    TEXT_REFUSALS.find(([pattern]) => pattern.test(answer.diagnosticMessage))?.[1] ??
    (request === 'bind' || SEARCH_REFUSALS.has(resultCode) ? CODE_REFUSALS[resultCode] : undefined)
  );
}

function isSignInDemanded({ resultCode, diagnosticMessage }: ResponseResult): boolean {
  return (
    SIGN_IN_DEMANDED.has(resultCode) ||
    (PERHAPS_DEMANDED.has(resultCode) && /\bbind\b|authenticat/i.test(diagnosticMessage))
  );
}
