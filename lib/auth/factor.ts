import type { UserRecord } from '../../models/user.js';
import type { Settings } from '../settings/settings.js';
import type { ChallengeDetails, SecondFactorMethod } from './second-factor.js';

/** What the second factor has to know of a user. */
export type FactorUser = Pick<UserRecord, '_id' | 'emails' | 'services'>;

/** What a challenge has to tell beside the methods. */
export type Prepared = Omit<ChallengeDetails, 'method' | 'availableMethods'>;

/** One way of proving that it is really them. */
export interface Factor {
  readonly method: SecondFactorMethod;
  isEnabled(user: FactorUser, settings: Settings): boolean;
  /** Makes the factor ready, as by mailing a code; says what the challenge has to tell. */
  prepare(user: FactorUser, settings: Settings): Promise<Prepared>;
  /** `spent`: wrong, and it was the last attempt of this code. */
  check(user: FactorUser, code: string, settings: Settings): Promise<'right' | 'wrong' | 'spent'>;
}

export const NOTHING_GENERATED = { codeGenerated: false } as const;

/** For factors that need no preparation. */
export const prepareNothing: Factor['prepare'] = () => Promise.resolve(NOTHING_GENERATED);
