import type { AttemptRecord } from '../../../models/second-factor.js';
import { isWithin } from './time-window.js';

/** How many wrong codes may be looked at in any window of time, over all methods and hosts. */
export interface AttemptBudget {
  /** Given with one login token: whoever stole one spends this, and not the user's own. */
  readonly byToken: number;
  /** With all tokens of a user: several stolen ones guess no more than this. */
  readonly byUser: number;
  readonly windowMs: number;
}

/**
 * Odds of somebody who has no second factor and tries all day, against TOTP with one step of drift (three of
 * a million codes
 * are right): 960 guesses a day with one token, 0.29 %; 2,880 with three or more, 0.86 %.
 */
export const DEFAULT_BUDGET: AttemptBudget = { byToken: 10, byUser: 30, windowMs: 15 * 60_000 };

/** Somebody whose code is looked at for longer has died, or hangs: nobody waits for the outcome any more. */
const OPEN_LIFE_MS = 30_000;

/** What a further code may do: be looked at, wait for those that are being looked at, or nothing at all. */
export type BudgetLeft = 'some' | 'perhaps' | 'none';

/** The attempts that count now. What is not a whole record is none. */
export function toCurrentAttempts(stored: unknown, now: Date, windowMs: number): readonly AttemptRecord[] {
  if (!Array.isArray(stored)) return [];
  return (stored as readonly (Partial<AttemptRecord> | null)[]).filter(
    (attempt): attempt is AttemptRecord =>
      typeof attempt?._id === 'string' &&
      typeof attempt.token === 'string' &&
      isWithin(attempt.at, now, windowMs),
  );
}

/**
 * Every attempt counts from before its code is looked at until it has turned out right, so that guesses made
 * at once cannot
 * exceed the budget. One that is still open may turn out right: while only those stand in the way the answer
 * is `perhaps`.
 * The attempt of a host that died stays one, and is over with the window.
 */
export function toBudgetLeft(
  attempts: readonly AttemptRecord[],
  token: string,
  { budget, now }: { readonly budget: AttemptBudget; readonly now: Date },
): BudgetLeft {
  const own = attempts.filter((attempt) => attempt.token === token);
  const isSettled = ({ isOpen, at }: AttemptRecord): boolean =>
    !isOpen || now.getTime() - at.getTime() > OPEN_LIFE_MS;
  if (own.length < budget.byToken && attempts.length < budget.byUser) return 'some';
  const isSpent =
    own.filter(isSettled).length >= budget.byToken || attempts.filter(isSettled).length >= budget.byUser;
  return isSpent ? 'none' : 'perhaps';
}
