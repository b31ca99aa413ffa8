import type { Connection } from 'mongoose';
import { userCollection } from '../../../models/user.js';
import type { DatabaseTime } from '../../../models/database-time.js';
import type { Logger } from '../../logger.js';
import type { ReadSettings } from '../../settings/settings.js';
import { DEFAULT_BUDGET, type AttemptBudget } from '../limits/attempt-budget.js';
import { createEmailFactor } from './email-factor.js';
import { NOTHING_GENERATED, type Factor, type FactorCall, type FactorUser, type Prepared } from './factor.js';
import { toEnabledMethods, type StrongMethod } from './enabled-methods.js';
import { createFairQueue, QueueFull, type QueueLimits } from '../limits/fair-queue.js';
import { createHashing, type Hashing } from './hashing.js';
import { judge } from './judge-code.js';
import { createLackLog } from './lack-log.js';
import { createLockoutNotice } from './lockout-notice.js';
import { DEFAULT_MAIL_BUDGET } from '../limits/mail-budget.js';
import type { SendMail } from '../mail-sender.js';
import { createMailedCodes } from './mailed-codes.js';
import { createMailing } from './mailing.js';
import { createPasswordFactor } from './password-factor.js';
import type { Principal } from '../principal.js';
import { createSecondFactorState } from './second-factor-state.js';
import { createSecondFactorStore } from './second-factor-store.js';
import type { SecondFactorInput, SecondFactorVerdict, VerifySecondFactor } from './second-factor.js';
import { toTokenKey } from '../token-key.js';
import { createTotpFactor } from './totp-factor.js';

interface Dependencies {
  readonly connection: Connection;
  readonly readSettings: ReadSettings;
  readonly sendMail: SendMail;
  readonly databaseTime: DatabaseTime;
  readonly logger: Logger;
  readonly budget?: AttemptBudget;
  readonly hashing?: Hashing;
  readonly queueLimits?: QueueLimits;
}

/** The fields that are read of a user; all services, since their names tell who signs in through OAuth. */
const PROJECTION = { username: 1, emails: 1, services: 1 } as const;

/**
 * Codes of one login are checked one after the other, so that right codes never stand in each other's way;
 * codes of different logins are checked at the same time. 256 codes of one login take about 20 seconds by
 * password. A user has a share of the places, however many logins the user makes, and each login has a share
 * of the places of its user.
 */
const QUEUE_LIMITS: QueueLimits = {
  atOnce: 64,
  atOncePerKey: 1,
  atOncePerOwner: 8,
  waiting: 1_024,
  waitingPerKey: 256,
  waitingPerOwner: 512,
};
const BUSY = { outcome: 'busy', retryAfterSeconds: 10 } as const;
const OUTCOMES = {
  none: 'max-attempts',
  spent: 'max-attempts',
  wrong: 'invalid',
  replayed: 'invalid',
} as const;

/**
 * Demands a second factor, always: no remembered device, no bypass. Which one: the method asked for, if the
 * user has it enabled; else the first enabled of `totp` and `email`; else the password. With
 * `Accounts_TwoFactorAuthentication_Enabled` off the password is what remains.
 */
export function createSecondFactor(dependencies: Dependencies): VerifySecondFactor {
  const { readSettings, databaseTime, connection, queueLimits = QUEUE_LIMITS } = dependencies;
  const users = () => userCollection(connection);
  const { state, strong, password, tellOfLack, tellOfLockout } = createParts(dependencies);
  const turns = createFairQueue(queueLimits);

  return async (principal, input) => {
    try {
      return await verify(principal, input);
    } catch (error) {
      if (error instanceof QueueFull) return BUSY;
      throw error;
    }
  };

  async function verify(principal: Principal, input: SecondFactorInput): Promise<SecondFactorVerdict> {
    const caller = { userId: principal.userId, token: toTokenKey(principal) };
    const [settings, user, now] = await Promise.all([
      readSettings(),
      readUser(caller.userId),
      databaseTime(),
    ]);
    const call: FactorCall = { caller, user, settings, now };
    tellOfLack(user, settings);
    const { factor, availableMethods } = chooseFactor(call, input.method);
    const answer = (outcome: 'required' | 'invalid' | 'max-attempts', prepared: Prepared) =>
      ({ outcome, details: { method: factor.method, ...prepared, availableMethods } }) as const;

    // Nothing is mailed while the budget is spent: the code could not be used.
    if (await state.isLocked(caller)) return answer('max-attempts', NOTHING_GENERATED);
    const prepared = await factor.prepare(call);
    if (prepared === 'spent') return answer('max-attempts', NOTHING_GENERATED);
    const { code } = input;
    if (code === undefined || code === '') return answer('required', prepared);
    const { result, isLocked } = await turns.run(
      { owner: caller.userId, key: `${caller.userId} ${caller.token}` },
      () => judge({ state, factor, call, code, isFresh: prepared.codeGenerated }),
    );
    if (isLocked) void tellOfLockout({ user, at: now, address: input.address });
    if (result === 'right') return { outcome: 'passed' };
    if (result === 'busy') return BUSY;
    return answer(OUTCOMES[result], result === 'none' ? NOTHING_GENERATED : prepared);
  }

  function chooseFactor({ user, settings }: FactorCall, wanted: unknown) {
    const availableMethods = toEnabledMethods(user, settings);
    const method = availableMethods.find((one) => one === wanted) ?? availableMethods[0];
    return { factor: method === undefined ? password : strong[method], availableMethods };
  }

  async function readUser(userId: string): Promise<FactorUser> {
    const user = await users().findOne({ _id: userId }, { projection: PROJECTION });
    return user ?? { _id: userId };
  }
}

function createParts({
  connection,
  sendMail,
  databaseTime,
  logger,
  budget = DEFAULT_BUDGET,
  hashing = createHashing(logger),
}: Dependencies) {
  const store = createSecondFactorStore(connection, databaseTime);
  const state = createSecondFactorState(store, budget);
  const mailed = createMailedCodes(store, DEFAULT_MAIL_BUDGET);
  const mailing = createMailing({ sendMail, logger });
  return {
    state,
    strong: {
      totp: createTotpFactor({ connection, state }),
      email: createEmailFactor({ connection, mailed, mailing, hashing }),
    } satisfies Record<StrongMethod, Factor>,
    password: createPasswordFactor(hashing),
    tellOfLack: createLackLog(logger),
    tellOfLockout: createLockoutNotice({ mailed, mailing, logger }),
  };
}
