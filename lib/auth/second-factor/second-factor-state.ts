import type { AttemptRecord } from '../../../models/second-factor.js';
import { createRandomId } from '../../random-id.js';
import { toBudgetLeft, toCurrentAttempts, type AttemptBudget } from '../limits/attempt-budget.js';
import { createAttempt, type Attempt, type Caller } from './attempt.js';
import type { Decision, SecondFactorStore } from './second-factor-store.js';
import { MAX_WINDOW, toTotpStep } from './totp.js';

/**
 * The attempts and codes of users, shared by all hosts in MongoDB. Every operation is one atomic update in
 * the database server's time.
 */
export interface SecondFactorState {
  /** True while the budget is spent, however the checks under way turn out. */
  isLocked(caller: Caller): Promise<boolean>;
  /**
   * Takes an attempt before a code is checked. While checks under way on any host fill the budget, it waits
   * for them, since their codes may be right. `none`: the budget is spent. `busy`: those checks took too
   * long.
   */
  takeAttempt(caller: Caller): Promise<Attempt | 'none' | 'busy'>;
  /** False when this or a later time step has been used before (RFC 6238 §5.2). */
  useTotpStep(userId: string, step: number): Promise<boolean>;
}

const PATIENCE_MS = 20_000;
const LOOK_AGAIN_MS = 50;

export function createSecondFactorState(store: SecondFactorStore, budget: AttemptBudget): SecondFactorState {
  const current = (attempts: unknown, now: Date) => toCurrentAttempts(attempts, now, budget.windowMs);

  function tryToTake({ userId, token }: Caller) {
    return store.change(userId, ({ attempts }, now): Decision<AttemptRecord | 'none' | 'perhaps'> => {
      const counting = current(attempts, now);
      const left = toBudgetLeft(counting, token, { budget, now });
      if (left !== 'some') return { result: left };
      const attempt: AttemptRecord = { _id: createRandomId(), token, at: now, isOpen: true };
      return { result: attempt, next: { attempts: [...counting, attempt] } };
    });
  }

  return {
    isLocked: ({ userId, token }) =>
      store.change(userId, ({ attempts }, now) => ({
        result: toBudgetLeft(current(attempts, now), token, { budget, now }) === 'none',
      })),

    async takeAttempt(caller) {
      const patientUntil = performance.now() + PATIENCE_MS;
      for (;;) {
        const taken = await tryToTake(caller);
        if (typeof taken === 'object') return createAttempt({ store, budget, caller }, taken);
        if (taken === 'none') return 'none';
        if (performance.now() > patientUntil) return 'busy';
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS * (0.5 + Math.random())));
      }
    },

    useTotpStep: (userId, step) =>
      store.change(userId, ({ lastTotpStep }, now) => {
        // A step that lies further ahead than any code may was written by a host whose clock was wrong.
        const isKnown = typeof lastTotpStep === 'number' && lastTotpStep <= toTotpStep(now) + MAX_WINDOW;
        return isKnown && lastTotpStep >= step
          ? { result: false }
          : { result: true, next: { lastTotpStep: step } };
      }),
  };
}
