import type { AttemptRecord } from '../../../models/second-factor.js';
import { toBudgetLeft, toCurrentAttempts, type AttemptBudget } from '../limits/attempt-budget.js';
import type { SecondFactorStore } from './second-factor-store.js';

/** Who makes an attempt: a user with one of their login tokens. */
export interface Caller {
  readonly userId: string;
  /** As `toTokenKey` gives it. */
  readonly token: string;
}

export interface Attempt {
  /**
   * Records that the attempt is a guess at an e-mailed code; gives how many guesses the token has made at it.
   */
  aimAt(emailCode: string): Promise<number>;
  /** The code was right, or could not be checked. */
  giveBack(): Promise<void>;
  /** The code was wrong. True when the caller has no further attempt now. */
  fail(): Promise<boolean>;
}

interface Dependencies {
  readonly store: SecondFactorStore;
  readonly budget: AttemptBudget;
  readonly caller: Caller;
}

/** The attempt that has been taken before its code is checked. */
export function createAttempt({ store, budget, caller }: Dependencies, { _id }: AttemptRecord): Attempt {
  const { userId, token } = caller;
  const current = (attempts: unknown, now: Date) => toCurrentAttempts(attempts, now, budget.windowMs);
  return {
    aimAt: (emailCode) =>
      store.change(userId, ({ attempts }, now) => {
        const next = current(attempts, now).map((one) => (one._id === _id ? { ...one, emailCode } : one));
        const own = next.filter((one) => one.token === token && one.emailCode === emailCode);
        return { result: own.length, next: { attempts: next } };
      }),
    giveBack: () =>
      store.change(userId, ({ attempts }, now) => ({
        result: undefined,
        next: { attempts: current(attempts, now).filter((one) => one._id !== _id) },
      })),
    fail: () =>
      store.change(userId, ({ attempts }, now) => {
        const next = current(attempts, now).map((one) => (one._id === _id ? { ...one, isOpen: false } : one));
        const left = toBudgetLeft(next, token, { budget, now });
        return { result: left === 'none', next: { attempts: next } };
      }),
  };
}
