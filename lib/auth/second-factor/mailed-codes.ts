import { createHash } from 'node:crypto';
import type { EmailCode } from './email-code.js';
import { mayMail, toCurrentMails, type MailBudget } from '../limits/mail-budget.js';
import type { Caller } from './attempt.js';
import type { SecondFactorStore } from './second-factor-store.js';
import { isWithin } from '../limits/time-window.js';

/** The codes that all hosts have mailed to a user lately, each with the login it was mailed for. */
export interface MailedCodes {
  mayMail(caller: Caller): Promise<boolean>;
  /** Counts a code that is about to be mailed; false when it would be one too many. */
  add(caller: Caller, code: EmailCode): Promise<boolean>;
  /** The code was used, or never left: it counts no more. */
  drop(userId: string, code: EmailCode): Promise<void>;
  /**
   * The login that a code was mailed for, as `Caller.token`; `undefined` when it is not known, as for a code
   * of Rocket.Chat's.
   */
  ownerOf(userId: string, code: EmailCode): Promise<string | undefined>;
  /** True once in a window: the user is to be told that a token's attempts are spent. */
  mayTell(userId: string): Promise<boolean>;
}

export function createMailedCodes(store: SecondFactorStore, budget: MailBudget): MailedCodes {
  const current = (mailed: unknown, now: Date) => toCurrentMails(mailed, now, budget.windowMs);

  return {
    mayMail: ({ userId, token }) =>
      store.change(userId, ({ mailed }, now) => ({ result: mayMail(current(mailed, now), token, budget) })),

    add: ({ userId, token }, code) =>
      store.change(userId, ({ mailed }, now) => {
        const mails = current(mailed, now);
        if (!mayMail(mails, token, budget)) return { result: false };
        return { result: true, next: { mailed: [...mails, { _id: toCodeId(code), token, at: now }] } };
      }),

    drop: (userId, code) =>
      store.change(userId, ({ mailed }, now) => {
        const mails = current(mailed, now);
        const kept = mails.filter(({ _id }) => _id !== toCodeId(code));
        return { result: undefined, ...(kept.length < mails.length ? { next: { mailed: kept } } : {}) };
      }),

    ownerOf: (userId, code) =>
      store.change(userId, ({ mailed }, now) => ({
        result: current(mailed, now).find(({ _id }) => _id === toCodeId(code))?.token,
      })),

    mayTell: (userId) =>
      store.change(userId, ({ toldAt }, now) =>
        isWithin(toldAt, now, budget.windowMs) ? { result: false } : { result: true, next: { toldAt: now } },
      ),
  };
}

/** Tells a stored code from others without holding it. */
export function toCodeId({ code }: EmailCode): string {
  return createHash('sha256').update(code).digest('hex');
}
