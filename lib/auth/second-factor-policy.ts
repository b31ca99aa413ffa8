import type { Connection } from 'mongoose';
import { userModel } from '../../models/user.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../logger.js';
import type { ReadSettings, Settings } from '../settings/settings.js';
import { createEmailFactor } from './email-factor.js';
import type { Factor, FactorUser } from './factor.js';
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

const PROJECTION = {
  emails: 1,
  'services.totp': 1,
  'services.email2fa': 1,
  'services.emailCode': 1,
  'services.password.bcrypt': 1,
} as const;

/**
 * Demands a second factor, always: no remembered device, no bypass. Which one: the method asked for, if the user has it
 * enabled; else the first enabled of `totp` and `email`; else the password. With
 * `Accounts_TwoFactorAuthentication_Enabled` off the password is what remains.
 */
export function createSecondFactor({ connection, readSettings, sendMail, clock, logger, budget }: Dependencies): VerifySecondFactor {
  const users = userModel(connection).collection;
  const state = createSecondFactorState(connection, clock, budget);
  const strong: readonly Factor[] = [
    createTotpFactor({ connection, state, clock }),
    createEmailFactor({ connection, sendMail, clock, logger }),
  ];

  return async ({ userId }, { code, method }) => {
    const [settings, user] = await Promise.all([readSettings(), readUser(userId)]);
    const enabled = settings.get('Accounts_TwoFactorAuthentication_Enabled')
      ? strong.filter((factor) => factor.isEnabled(user, settings))
      : [];
    const factor = enabled.find((candidate) => candidate.method === method) ?? enabled[0] ?? passwordFactor;
    const details = (more: Omit<ChallengeDetails, 'method' | 'availableMethods'>): ChallengeDetails => ({
      method: factor.method,
      ...more,
      availableMethods: enabled.map((candidate) => candidate.method),
    });

    if (code === undefined || code === '') {
      // Nothing is mailed while the budget is spent: the code could not be used.
      if (await state.isLocked(userId)) return { outcome: 'max-attempts', details: details({ codeGenerated: false }) };
      return { outcome: 'required', details: details(await factor.prepare(user, settings)) };
    }
    if (!(await state.takeAttempt(userId))) return { outcome: 'max-attempts', details: details({ codeGenerated: false }) };
    return judge(factor, user, code, settings, details);
  };

  async function judge(
    factor: Factor,
    user: FactorUser,
    code: unknown,
    settings: Settings,
    details: (more: Omit<ChallengeDetails, 'method' | 'availableMethods'>) => ChallengeDetails,
  ): ReturnType<VerifySecondFactor> {
    try {
      const prepared = await factor.prepare(user, settings);
      const isSane = typeof code === 'string' && code.length <= MAX_CODE_LENGTH;
      const result = isSane && !prepared.codeGenerated ? await factor.check(user, code, settings) : 'wrong';
      if (result === 'right') {
        await state.clear(user._id);
        return { outcome: 'passed' };
      }
      return { outcome: result === 'spent' ? 'max-attempts' : 'invalid', details: details(prepared) };
    } catch (error) {
      // What could not be judged was not a wrong guess.
      await state.returnAttempt(user._id);
      throw error;
    }
  }

  async function readUser(userId: string): Promise<FactorUser> {
    const user = await users.findOne({ _id: userId as never }, { projection: PROJECTION });
    return (user as unknown as FactorUser | null) ?? { _id: userId };
  }
}
