import type { Connection } from 'mongoose';
import { userCollection, type UserServicesRecord } from '../../../models/user.js';

/** The code mailed last, as Rocket.Chat stores it in `services.emailCode`: bcrypt of six digits. */
export type EmailCode = NonNullable<UserServicesRecord['emailCode']>;

/** The stored codes. Each change is one atomic update that only the code it is meant for can meet. */
export interface EmailCodes {
  read(userId: string): Promise<EmailCode | undefined>;
  /** Stores `next` if `current`, as it was read, is still there. Of many at once one succeeds. */
  replace(userId: string, current: unknown, next: EmailCode): Promise<boolean>;
  /**
   * Takes one of the code's attempts, before the guess is looked at. False when none is left, or the code has
   * gone.
   */
  takeAttempt(userId: string, code: EmailCode, limit: number): Promise<boolean>;
  /** False when it was not there any more. */
  remove(userId: string, code: EmailCode): Promise<boolean>;
}

export function createEmailCodes(connection: Connection): EmailCodes {
  const users = () => userCollection(connection);
  const holding = (userId: string, { code }: EmailCode) => ({
    _id: userId as never,
    'services.emailCode.code': code,
  });

  return {
    async read(userId) {
      const user = await users().findOne({ _id: userId }, { projection: { 'services.emailCode': 1 } });
      return toEmailCode(user?.services?.emailCode);
    },

    async replace(userId, current, next) {
      const { modifiedCount } = await users().updateOne(
        { _id: userId, ...isStill(current) },
        { $set: { 'services.emailCode': next } },
      );
      return modifiedCount === 1;
    },

    async takeAttempt(userId, code, limit) {
      const { matchedCount } = await users().updateOne(
        { ...holding(userId, code), 'services.emailCode.attempts': { $lt: limit } },
        { $inc: { 'services.emailCode.attempts': 1 } },
      );
      return matchedCount === 1;
    },

    async remove(userId, code) {
      const { modifiedCount } = await users().updateOne(holding(userId, code), {
        $unset: { 'services.emailCode': '' },
      });
      return modifiedCount === 1;
    },
  };
}

/** An incomplete record counts as none: older Rocket.Chat servers kept an array here. */
export function toEmailCode(value: unknown): EmailCode | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { code, expire, attempts } = value as Partial<EmailCode>;
  if (typeof code !== 'string' || !(expire instanceof Date) || !isCount(attempts)) return undefined;
  return Number.isNaN(expire.getTime()) ? undefined : { code, expire, attempts };
}

/** `NaN`, or a number below zero, would never reach the limit. */
function isCount(attempts: unknown): attempts is number {
  return Number.isSafeInteger(attempts) && (attempts as number) >= 0;
}

function isStill(current: unknown): Readonly<Record<string, unknown>> {
  const code = toEmailCode(current)?.code;
  // The attempts of the same code may have grown meanwhile.
  if (code !== undefined) return { 'services.emailCode.code': code };
  return { 'services.emailCode': { $eq: current ?? null } };
}
