import { REFUSALS, type RefusalCode } from '../../findings/texts/binds.js';

/** Why a server refuses, in words, and what to do about it. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly reason: string;
  readonly remedy: string;
  /** Another host with the same directory may not refuse. */
  readonly isAway?: true;
}

export function toRefusal(code: RefusalCode): Refusal {
  const [reason, remedy] = REFUSALS[code];
  return { code, reason, remedy };
}

export function toAway(code: RefusalCode): Refusal {
  return { ...toRefusal(code), isAway: true };
}

export const ENCRYPTION_DEMANDED = toRefusal('encryption-demanded');
export const ANONYMOUS = toRefusal('sign-in-demanded');

/** By the result code (RFC 4511 §4.1.9). */
export const CODE_REFUSALS: Readonly<Record<number, Refusal>> = {
  2: toRefusal('version-refused'),
  7: toRefusal('simple-bind-refused'),
  8: toRefusal('stronger-bind-demanded'),
  13: ENCRYPTION_DEMANDED,
  10: toRefusal('referred-elsewhere'),
  19: toRefusal('attempts-used-up'),
  32: toRefusal('no-such-account'),
  34: toRefusal('account-no-dn'),
  48: toRefusal('account-without-password'),
  49: toRefusal('credentials-wrong'),
  50: toRefusal('account-not-allowed'),
  51: toAway('server-busy'),
  52: toAway('server-unavailable'),
  53: toRefusal('account-unwanted'),
};

/** Those of them that say the same about a search. */
export const SEARCH_REFUSALS: ReadonlySet<number> = new Set([7, 8, 13, 48, 51, 52]);

/** By the words of servers that have no code for it; looked at in this order. */
export const TEXT_REFUSALS: readonly (readonly [RegExp, Refusal])[] = [
  [/\bSSF\b|secure connection|confidentiality required|integrity checking/i, ENCRYPTION_DEMANDED],
  [/password (?:has |is )?expired/i, toRefusal('password-expired')],
  [
    /bind\/unbind\/abandon|password (?:must|needs to) be (?:changed|reset)|must change (?:your|the|its) password/i,
    toRefusal('password-to-change'),
  ],
  [/retry limit|account (?:is |has been )?(?:temporarily )?locked/i, toRefusal('account-locked')],
  [/inactivated|account (?:is |has been )?disabled/i, toRefusal('account-disabled')],
];
