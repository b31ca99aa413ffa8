import type { Connection } from 'mongoose';
import { userModel } from '../../models/user.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../logger.js';
import type { ReadSettings, Settings } from '../settings/settings.js';
import { createEmailFactor } from './email-factor.js';
import { NOTHING_GENERATED, type Factor, type FactorUser, type Prepared } from './factor.js';
import type { SendMail } from './mail-sender.js';
import { passwordFactor } from './password-factor.js';
import { createSecondFactorState, type AttemptBudget } from './second-factor-state.js';
import type { ChallengeDetails, VerifySecondFactor } from './second-factor.js';
import { createTotpFactor } from './totp-factor.js';

interface Dependencies {
  readonly connection: Connection;
  readonly readSettings: ReadSettings;
  readonly sendMail: SendMail;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly budget?: AttemptBudget;
}

const MAX_CODE_LENGTH = 256;

/** All the services: their names tell who signs in through somebody else. */
const PROJECTION = { emails: 1, services: 1 } as const;

/**
 * Demands a second factor, always: no remembered device, no bypass. Which one: the method asked for, if the user has it
 * enabled; else the first enabled of `totp` and `email`; else the password. With
 * `Accounts_TwoFactorAuthentication_Enabled` off the password is what remains.
 */
export function createSecondFactor({
  connection,
  readSettings,
  sendMail,
  clock,
  logger,
  budget,
}: Dependencies): VerifySecondFactor {
  const users = userModel(connection).collection;
  const state = createSecondFactorState(connection, clock, budget);
  const strong: readonly Factor[] = [
    createTotpFactor({ connection, state, clock }),
    createEmailFactor({ connection, sendMail, clock, logger }),
  ];

  return async ({ userId }, { code, method }) => {
    const [settings, user] = await Promise.all([readSettings(), readUser(userId)]);
    const { factor, availableMethods } = chooseFactor(strong, user, settings, method);
    const details = (prepared: Prepared): ChallengeDetails => ({
      method: factor.method,
      ...prepared,
      availableMethods,
    });

    if (code === undefined || code === '') {
      // Nothing is mailed while the budget is spent: the code could not be used.
      if (await state.isLocked(userId))
        return { outcome: 'max-attempts', details: details(NOTHING_GENERATED) };
      return { outcome: 'required', details: details(await factor.prepare(user, settings)) };
    }
    const attempt = await state.takeAttempt(userId);
    if (!attempt) return { outcome: 'max-attempts', details: details(NOTHING_GENERATED) };
    const { result, prepared } = await judge(factor, user, code, settings).catch(async (error: unknown) => {
      // What could not be judged was not a wrong guess. That it could not be judged is the news, not that this fails too.
      await attempt.giveBack().catch(() => undefined);
      throw error;
    });
    if (result !== 'right')
      return { outcome: result === 'spent' ? 'max-attempts' : 'invalid', details: details(prepared) };
    await attempt.giveBack();
    return { outcome: 'passed' };
  };

  async function readUser(userId: string): Promise<FactorUser> {
    const user = await users.findOne({ _id: userId as never }, { projection: PROJECTION });
    return (user as unknown as FactorUser | null) ?? { _id: userId };
  }
}

function chooseFactor(strong: readonly Factor[], user: FactorUser, settings: Settings, wanted: unknown) {
  const isOn = settings.get('Accounts_TwoFactorAuthentication_Enabled');
  const enabled = isOn ? strong.filter((factor) => factor.isEnabled(user, settings)) : [];
  return {
    factor: enabled.find(({ method }) => method === wanted) ?? enabled[0] ?? passwordFactor,
    availableMethods: enabled.map(({ method }) => method),
  };
}

async function judge(factor: Factor, user: FactorUser, code: unknown, settings: Settings) {
  const prepared = await factor.prepare(user, settings);
  if (prepared.codeGenerated || !isSane(code)) return { result: 'wrong', prepared } as const;
  return { result: await factor.check(user, code, settings), prepared };
}

/** A header given once: Node joins what is given twice by a comma. */
function isSane(code: unknown): code is string {
  return typeof code === 'string' && code.length <= MAX_CODE_LENGTH && !code.includes(',');
}
