import { randomInt } from 'node:crypto';
import type { Connection } from 'mongoose';
import { createEmailCodes, toEmailCode, type EmailCode } from './email-code.js';
import { isGood, toAttemptLimit, toLifetimeMs } from './email-code-rules.js';
import { NOTHING_GENERATED, type Factor, type FactorCall, type Prepared } from './factor.js';
import type { Hashing } from './hashing.js';
import { toCodeId, type MailedCodes } from './mailed-codes.js';
import type { Mailing } from './mailing.js';
import { toVerifiedAddresses } from './user-addresses.js';

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
  /** Codes on their way, by user: a second call waits for the same code. */
  const onTheirWay = new Map<string, Promise<Prepared | 'spent'>>();

  /** Stores a new code unless another host has just done so; only the one that stored it mails it. */
  async function generate({ caller, user, settings, now }: FactorCall): Promise<Prepared | 'spent'> {
    if (!(await mailed.mayMail(caller))) return 'spent';
    const digits = randomInt(1_000_000).toString().padStart(6, '0');
    const next = {
      code: await hashing.hash(user._id, digits),
      expire: new Date(now.getTime() + toLifetimeMs(settings)),
      attempts: 0,
    };
    if (!(await mailed.add(caller, next))) return 'spent';
    if (!(await codes.replace(user._id, user.services?.emailCode, next))) {
      await mailed.drop(user._id, next);
      return NOTHING_GENERATED;
    }
    const addresses = toVerifiedAddresses(user);
    try {
      await mailing({ userId: user._id, addresses, subject: 'Authentication code', text: toText(digits) });
    } catch (error) {
      // Nobody knows this code, so the next call has to make another one.
      await codes.remove(user._id, next);
      await mailed.drop(user._id, next);
      throw error;
    }
    return { codeGenerated: true, emailOrUsername: addresses[0] ?? '' };
  }

  async function describeCurrent({ user, settings, now }: FactorCall): Promise<Prepared> {
    const current = await codes.read(user._id);
    return isGood(current, settings, now)
      ? { codeGenerated: false, codeExpires: current.expire.toISOString() }
      : NOTHING_GENERATED;
  }

  async function generateOnce(call: FactorCall): Promise<Prepared | 'spent'> {
    const { _id } = call.user;
    const before = onTheirWay.get(_id);
    if (before) {
      const prepared = await before;
      return prepared === 'spent' ? generateOnce(call) : describeCurrent(call);
    }
    const work = generate(call).finally(() => onTheirWay.delete(_id));
    onTheirWay.set(_id, work);
    const prepared = await work;
    return prepared === NOTHING_GENERATED ? describeCurrent(call) : prepared;
  }

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

function toText(digits: string): string {
  return (
    `Your authentication code is: ${digits.slice(0, 3)}-${digits.slice(3)}\n\nIf you did not ask for it, ` +
    'somebody knows your password or token: change it.\n'
  );
}
