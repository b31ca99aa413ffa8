import type { Connection } from 'mongoose';
import { createCodeMailing } from './code-mailing.js';
import { createEmailCodes, toEmailCode, type EmailCode } from './email-code.js';
import { isGood, toAttemptLimit } from './email-code-rules.js';
import type { Factor, FactorCall } from './factor.js';
import type { Hashing } from './hashing.js';
import { toCodeId, type MailedCodes } from './mailed-codes.js';
import type { Mailing } from './mailing.js';

interface Dependencies {
  readonly connection: Connection;
  readonly mailed: MailedCodes;
  readonly mailing: Mailing;
  readonly hashing: Hashing;
}

/**
 * Six digits by mail, stored as Rocket.Chat stores them, so that a code mailed by either is good for both.
 */
export function createEmailFactor({ connection, mailed, mailing, hashing }: Dependencies): Factor {
  const codes = createEmailCodes(connection);
  const generateOnce = createCodeMailing({ codes, mailed, mailing, hashing });

  /**
   * Wrong guesses with the token that a code was mailed for use the code up, as in Rocket.Chat. Wrong guesses
   * with another token use up only that token's own guesses, so that a thief of a token cannot spoil the
   * user's code.
   */
  async function takeGuess({ caller, settings }: FactorCall, code: EmailCode, guesses: number) {
    const limit = toAttemptLimit(settings);
    const owner = (await mailed.ownerOf(caller.userId, code)) ?? '';
    if (owner === caller.token) return codes.takeAttempt(caller.userId, code, limit);
    await codes.takeAttempt(caller.userId, code, limit - 1);
    return guesses <= limit;
  }

  return {
    method: 'email',
    async prepare(call) {
      const stored = toEmailCode(call.user.services?.emailCode);
      return isGood(stored, call.settings, call.now)
        ? { codeGenerated: false, codeExpires: stored.expire.toISOString() }
        : generateOnce(call);
    },

    async check(call, text, attempt) {
      const { user, settings, now } = call;
      const stored = toEmailCode(user.services?.emailCode);
      if (!isGood(stored, settings, now)) return 'wrong';
      const guesses = await attempt.aimAt(toCodeId(stored));
      const isSpent = async (): Promise<boolean> => {
        const current = await codes.read(user._id);
        const limit = toAttemptLimit(settings);
        return current?.code === stored.code && (current.attempts >= limit || guesses >= limit);
      };
      if (!(await takeGuess(call, stored, guesses)) && (await isSpent())) return 'spent';
      const digits = text.replace(/\D/g, '');
      const isRight = digits.length === 6 && (await hashing.matches(user._id, stored.code, digits));
      if (!isRight) return (await isSpent()) ? 'spent' : 'wrong';
      // Removing the code is what accepts it: of two at once, one removes it.
      if (!(await codes.remove(user._id, stored))) return 'replayed';
      await mailed.drop(user._id, stored);
      return 'right';
    },
  };
}
