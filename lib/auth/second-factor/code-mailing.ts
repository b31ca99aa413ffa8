import { randomInt } from 'node:crypto';
import type { EmailCodes } from './email-code.js';
import { isGood, toLifetimeMs } from './email-code-rules.js';
import { NOTHING_GENERATED, type FactorCall, type Prepared } from './factor.js';
import type { Hashing } from './hashing.js';
import type { MailedCodes } from './mailed-codes.js';
import type { Mailing } from './mailing.js';
import { toVerifiedAddresses } from './user-addresses.js';

interface Dependencies {
  readonly codes: EmailCodes;
  readonly mailed: MailedCodes;
  readonly mailing: Mailing;
  readonly hashing: Hashing;
}

/** Makes and mails a new code, one at a time for a user. `spent`: the user has been mailed enough for now. */
export function createCodeMailing({ codes, mailed, mailing, hashing }: Dependencies) {
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

  return async function generateOnce(call: FactorCall): Promise<Prepared | 'spent'> {
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
  };
}

function toText(digits: string): string {
  return (
    `Your authentication code is: ${digits.slice(0, 3)}-${digits.slice(3)}\n\nIf you did not ask for it, ` +
    'somebody knows your password or token: change it.\n'
  );
}
