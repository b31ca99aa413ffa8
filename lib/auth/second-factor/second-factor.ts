import type { Principal } from '../principal.js';

export type SecondFactorMethod = 'totp' | 'email' | 'password';

/** The `details` of a challenge, field for field as the contract spells them. */
export interface ChallengeDetails {
  readonly method: SecondFactorMethod;
  readonly codeGenerated: boolean;
  /** ISO date; only for an e-mailed code that is still good. */
  readonly codeExpires?: string;
  /** Only when a code has just been mailed: the first verified address. */
  readonly emailOrUsername?: string;
  readonly availableMethods: readonly SecondFactorMethod[];
}

export type SecondFactorVerdict =
  | { readonly outcome: 'passed' }
  | { readonly outcome: 'required' | 'invalid' | 'max-attempts'; readonly details: ChallengeDetails }
  /** The code was not checked: too many of this login, or of all logins, are waiting. */
  | { readonly outcome: 'busy'; readonly retryAfterSeconds: number };

/** What the caller sent: the raw `x-2fa-code` and `x-2fa-method` headers, unparsed and hostile. */
export interface SecondFactorInput {
  readonly code: unknown;
  readonly method: unknown;
  /**
   * Where the call comes from, as the host sees it: told to a user whose token gives too many wrong codes.
   */
  readonly address?: string | undefined;
}

/** Demands a second factor of the principal, on every device and with every token. */
export type VerifySecondFactor = (
  principal: Principal,
  input: SecondFactorInput,
) => Promise<SecondFactorVerdict>;
