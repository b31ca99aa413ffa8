import type { AttemptRecord } from '../../../models/second-factor.js';
import { isWithin } from './time-window.js';

/** How many wrong codes may be looked at in any window of time, over all methods and hosts. */
export interface AttemptBudget {
  /**
   * Codes with one login token. A thief of a token spends this budget, and not the budget of the user's other
   * tokens.
   */
  readonly byToken: number;
  /**
   * Codes with all tokens of a user together, so that several stolen tokens make no more guesses than this.
   */
  readonly byUser: number;
  readonly windowMs: number;
}

/**
 * Odds of somebody who has no second factor and tries all day, against TOTP with one step of drift (three of
 * a million codes are right): 960 guesses a day with one token, 0.29 %; 2,880 with three or more, 0.86 %.
 */
export const DEFAULT_BUDGET: AttemptBudget = { byToken: 10, byUser: 30, windowMs: 15 * 60_000 };

/** The host of a check that takes longer has died or hangs, so its outcome is not waited for any more. */
const OPEN_LIFE_MS = 30_000;

/** What happens to a further code: it is checked, it waits for the checks under way, or it is refused. */
export type BudgetLeft = 'some' | 'perhaps' | 'none';

/** The attempts that count now; incomplete records are left out. */
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
 * An attempt counts from before its check until its code turns out right, so that guesses made at the same
 * time cannot exceed the budget. An open attempt may still turn out right: while only open ones fill the
 * budget, the answer is `perhaps`. The attempt of a host that died counts until the window ends.
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
