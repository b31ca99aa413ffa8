import type { Connection } from 'mongoose';
import { secondFactorModel, type SecondFactorRecord } from '../../models/second-factor.js';
import type { Clock } from '../clock.js';
import { isDuplicateKey } from '../sync/write-failures.js';

/** How many wrong codes a user may give, over all methods and hosts. */
export interface AttemptBudget {
  readonly failures: number;
  /** Starts with the first wrong code and is not prolonged by later ones. */
  readonly windowMs: number;
}

export const DEFAULT_BUDGET: AttemptBudget = { failures: 10, windowMs: 15 * 60_000 };

/** What all hosts agree on in MongoDB. Every operation is one atomic update. */
export interface SecondFactorState {
  /** True while the budget is spent. */
  isLocked(userId: string): Promise<boolean>;
  /** Takes an attempt before a code is looked at, so that guesses made at once cannot exceed the budget. */
  takeAttempt(userId: string): Promise<boolean>;
  /** The attempt was right, or could not be judged: it is given back. */
  returnAttempt(userId: string): Promise<void>;
  /** The right code was given: earlier wrong ones are forgotten. */
  clear(userId: string): Promise<void>;
  /** False when this or a later time step has been used before (RFC 6238 §5.2). */
  useTotpStep(userId: string, step: number): Promise<boolean>;
}

export function createSecondFactorState(connection: Connection, clock: Clock, budget: AttemptBudget = DEFAULT_BUDGET): SecondFactorState {
  const states = secondFactorModel(connection).collection;

  /** Updates the user's document if it matches; makes it if there is none. False when it is there and does not match. */
  async function updateIf(userId: string, condition: object, update: object): Promise<boolean> {
    const { matchedCount } = await states.updateOne({ _id: userId as never, ...condition }, update);
    if (matchedCount === 1) return true;
    try {
      await states.insertOne({ _id: userId as never, failures: 0, windowEndsAt: new Date(0), lastTotpStep: -1 });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    return (await states.updateOne({ _id: userId as never, ...condition }, update)).matchedCount === 1;
  }

  return {
    async isLocked(userId) {
      const found = (await states.findOne({ _id: userId as never })) as SecondFactorRecord | null;
      return (found?.failures ?? 0) >= budget.failures && (found?.windowEndsAt ?? new Date(0)) > clock();
    },

    async takeAttempt(userId) {
      const now = clock();
      const windowEndsAt = new Date(now.getTime() + budget.windowMs);
      const isOpen = { windowEndsAt: { $gt: now } };
      const counted = { ...isOpen, failures: { $lt: budget.failures } };
      if ((await states.updateOne({ _id: userId as never, ...counted }, { $inc: { failures: 1 } })).matchedCount === 1) return true;
      // No window is open: whoever opens it starts counting anew; whoever comes second in that race counts in it.
      if (await updateIf(userId, { windowEndsAt: { $not: { $gt: now } } }, { $set: { failures: 1, windowEndsAt } })) return true;
      return (await states.updateOne({ _id: userId as never, ...counted }, { $inc: { failures: 1 } })).matchedCount === 1;
    },

    async returnAttempt(userId) {
      await states.updateOne({ _id: userId as never, failures: { $gt: 0 } }, { $inc: { failures: -1 } });
    },

    async clear(userId) {
      await states.updateOne({ _id: userId as never }, { $set: { failures: 0, windowEndsAt: new Date(0) } });
    },

    useTotpStep: (userId, step) => updateIf(userId, { lastTotpStep: { $not: { $gte: step } } }, { $set: { lastTotpStep: step } }),
  };
}
