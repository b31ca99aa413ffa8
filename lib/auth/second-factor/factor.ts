import type { UserRecord } from '../../../models/user.js';
import type { Settings } from '../../settings/settings.js';
import type { Attempt, Caller } from './attempt.js';
import type { ChallengeDetails, SecondFactorMethod } from './second-factor.js';

/** What the second factor has to know of a user. */
export type FactorUser = Pick<UserRecord, '_id' | 'username' | 'emails' | 'services'>;

/** A call that has to show a second factor. */
export interface FactorCall {
  readonly caller: Caller;
  readonly user: FactorUser;
  readonly settings: Settings;
  /**
   * When the call came, in the database server's time: a code that was right then stays so while it waits its
   * turn.
   */
  readonly now: Date;
}

/** The part of a challenge that depends on the method. */
export type Prepared = Omit<ChallengeDetails, 'method' | 'availableMethods'>;

/**
 * `replayed`: a right code that was used before; it is refused but is no guess, so that a user who clicks
 * twice is not locked out. `spent`: wrong, and it was the last attempt at this code.
 */
export type FactorResult = 'right' | 'replayed' | 'wrong' | 'spent';

/** One method of the second factor. */
export interface Factor {
  readonly method: SecondFactorMethod;
  /**
   * Makes the factor ready, as by mailing a code; says what the challenge has to tell. `spent`: no code may
   * be had now.
   */
  prepare(call: FactorCall): Promise<Prepared | 'spent'>;
  check(call: FactorCall, code: string, attempt: Attempt): Promise<FactorResult>;
}

export const NOTHING_GENERATED = { codeGenerated: false } as const;

/** For factors that need no preparation. */
export const prepareNothing: Factor['prepare'] = () => Promise.resolve(NOTHING_GENERATED);
