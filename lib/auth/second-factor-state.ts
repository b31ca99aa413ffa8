import type { Connection } from 'mongoose';
import { secondFactorModel, type SecondFactorRecord } from '../../models/second-factor.js';
import type { Clock } from '../clock.js';
import { isDuplicateKey } from '../../models/database-errors.js';

/** How many wrong codes a user may give, over all methods and hosts. */
export interface AttemptBudget {
  readonly failures: number;
  /** Starts with the first wrong code and is not prolonged by later ones. */
  readonly windowMs: number;
}

export const DEFAULT_BUDGET: AttemptBudget = { failures: 10, windowMs: 15 * 60_000 };

export interface Attempt {
  giveBack(): Promise<void>;
}

/** What all hosts agree on in MongoDB. Every operation is one atomic update. */
export interface SecondFactorState {
  /** True while the budget is spent. */
  isLocked(userId: string): Promise<boolean>;
  /**
   * Takes an attempt before a code is looked at, so that guesses made at once cannot exceed the budget; `undefined` when
   * none is left. One that was right, or could not be judged, is given back.
   */
  takeAttempt(userId: string): Promise<Attempt | undefined>;
  /** False when this or a later time step has been used before (RFC 6238 §5.2). */
  useTotpStep(userId: string, step: number): Promise<boolean>;
}

export function createSecondFactorState(
  connection: Connection,
  clock: Clock,
  budget: AttemptBudget = DEFAULT_BUDGET,
): SecondFactorState {
  const states = secondFactorModel(connection).collection;

  /** Updates the user's document if it matches; makes it if there is none. False when it is there and does not match. */
  async function updateIf(userId: string, condition: object, update: object | object[]): Promise<boolean> {
    const { matchedCount } = await states.updateOne({ _id: userId as never, ...condition }, update);
    if (matchedCount === 1) return true;
    try {
      await states.insertOne({
        _id: userId as never,
        failures: 0,
        windowEndsAt: new Date(0),
        lastTotpStep: -1,
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    return (await states.updateOne({ _id: userId as never, ...condition }, update)).matchedCount === 1;
  }

  async function isLocked(userId: string): Promise<boolean> {
    const found = (await states.findOne({ _id: userId as never })) as SecondFactorRecord | null;
    return (found?.failures ?? 0) >= budget.failures && (found?.windowEndsAt ?? new Date(0)) > clock();
  }

  /** A window that was opened after the attempt was taken has never counted it: it ends later than `latestEnd`. */
  async function giveBack(userId: string, latestEnd: Date): Promise<void> {
    await states.updateOne(
      { _id: userId as never, windowEndsAt: { $lte: latestEnd }, failures: { $gt: 0 } },
      { $inc: { failures: -1 } },
    );
  }

  return {
    isLocked,

    async takeAttempt(userId) {
      const now = clock();
      const windowEndsAt = new Date(now.getTime() + budget.windowMs);
      // A window in which everything was given back is as good as none: it starts with the first failure.
      const isClosed = [{ windowEndsAt: { $not: { $gt: now } } }, { failures: { $not: { $gt: 0 } } }];
      const isOpen = { $and: [{ $gt: ['$windowEndsAt', now] }, { $gt: ['$failures', 0] }] };
      const taken = await updateIf(userId, { $or: [...isClosed, { failures: { $lt: budget.failures } }] }, [
        {
          $set: {
            failures: { $cond: [isOpen, { $add: ['$failures', 1] }, 1] },
            windowEndsAt: { $cond: [isOpen, '$windowEndsAt', windowEndsAt] },
          },
        },
      ]);
      return taken ? { giveBack: () => giveBack(userId, windowEndsAt) } : undefined;
    },

    useTotpStep: (userId, step) =>
      updateIf(userId, { lastTotpStep: { $not: { $gte: step } } }, { $set: { lastTotpStep: step } }),
  };
}
