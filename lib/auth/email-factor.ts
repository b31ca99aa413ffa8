import { randomInt } from 'node:crypto';
import bcrypt from 'bcryptjs';
import type { Connection } from 'mongoose';
import { userModel, type UserServicesRecord } from '../../models/user.js';
import type { Clock } from '../clock.js';
import { LdapSyncError } from '../errors.js';
import type { Logger } from '../logger.js';
import { SETTINGS } from '../settings/definitions.js';
import type { Settings } from '../settings/settings.js';
import { NOTHING_GENERATED, type Factor, type FactorUser } from './factor.js';
import type { SendMail } from './mail-sender.js';

interface Dependencies {
  readonly connection: Connection;
  readonly sendMail: SendMail;
  readonly clock: Clock;
  readonly logger: Logger;
}

type EmailCode = NonNullable<UserServicesRecord['emailCode']>;

const BCRYPT_COST = 10;
const MAX_ADDRESSES = 10;

/** Six digits by mail. Stored as Rocket.Chat does: bcrypt in `services.emailCode`, with expiry and attempts. */
export function createEmailFactor({ connection, sendMail, clock, logger }: Dependencies): Factor {
  const users = userModel(connection).collection;

  async function mail(addresses: readonly string[], code: string): Promise<void> {
    const text = `Your authentication code is: ${code.slice(0, 3)}-${code.slice(3)}\n\nIf you did not ask for it, somebody knows your password or token: change it.\n`;
    const sent = await Promise.allSettled(addresses.map((to) => sendMail({ to, subject: 'Authentication code', text })));
    const failures = sent.filter((result) => result.status === 'rejected').map(({ reason }) => reason as unknown);
    if (failures.length > 0) logger.warn({ failed: failures.length, of: addresses.length }, 'A mail with an authentication code could not be sent');
    if (failures.length < addresses.length) return;
    const [first] = failures;
    throw first instanceof LdapSyncError
      ? first
      : new LdapSyncError('mail-failed', 'The mail with the authentication code could not be sent.', {
          remedy: 'Check the mail settings of the chat server (MAIL_URL or SMTP_Host).',
        });
  }

  /** Stores a new code unless another request has just done so; only the one that stored it mails it. */
  async function generate(user: FactorUser, stored: EmailCode | undefined, settings: Settings): Promise<boolean> {
    const code = randomInt(1_000_000).toString().padStart(6, '0');
    const emailCode: EmailCode = {
      code: await bcrypt.hash(code, BCRYPT_COST),
      expire: new Date(clock().getTime() + positive(settings, 'Accounts_TwoFactorAuthentication_By_Email_Code_Expiration') * 1_000),
      attempts: 0,
    };
    const isUnchanged = stored ? { 'services.emailCode.code': stored.code } : { 'services.emailCode.code': { $exists: false } };
    const { modifiedCount } = await users.updateOne({ _id: user._id as never, ...isUnchanged }, { $set: { 'services.emailCode': emailCode } });
    if (modifiedCount !== 1) return false;
    try {
      await mail(verifiedAddresses(user), code);
    } catch (error) {
      await users.updateOne({ _id: user._id as never, 'services.emailCode.code': emailCode.code }, { $unset: { 'services.emailCode': '' } });
      throw error;
    }
    return true;
  }

  async function read(userId: string): Promise<EmailCode | undefined> {
    const user = await users.findOne({ _id: userId as never }, { projection: { 'services.emailCode': 1 } });
    return toEmailCode((user?.services as UserServicesRecord | undefined)?.emailCode);
  }

  return {
    method: 'email',

    isEnabled: (user, settings) =>
      settings.get('Accounts_TwoFactorAuthentication_By_Email_Enabled') &&
      user.services?.email2fa?.enabled === true &&
      verifiedAddresses(user).length > 0 &&
      (settings.get('Accounts_twoFactorAuthentication_email_available_for_OAuth_users') || !isOAuthUser(user)),

    async prepare(user, settings) {
      const stored = toEmailCode(user.services?.emailCode);
      if (isGood(stored, settings, clock())) return { codeGenerated: false, codeExpires: stored.expire.toISOString() };
      if (await generate(user, stored, settings)) {
        return { codeGenerated: true, emailOrUsername: verifiedAddresses(user)[0] ?? '' };
      }
      const current = await read(user._id);
      return isGood(current, settings, clock()) ? { codeGenerated: false, codeExpires: current.expire.toISOString() } : NOTHING_GENERATED;
    },

    async check({ _id, services }, code, settings) {
      const stored = toEmailCode(services?.emailCode);
      const now = clock();
      if (!isGood(stored, settings, now)) return 'wrong';
      const same = { _id: _id as never, 'services.emailCode.code': stored.code };
      const digits = code.replace(/\D/g, '');
      const isRight = digits.length === 6 && (await bcrypt.compare(digits, stored.code));
      if (isRight) {
        const { modifiedCount } = await users.updateOne(same, { $unset: { 'services.emailCode': '' } });
        return modifiedCount === 1 ? 'right' : 'wrong';
      }
      await users.updateOne(same, { $inc: { 'services.emailCode.attempts': 1 } });
      return isGood(await read(_id), settings, now) ? 'wrong' : 'spent';
    },
  };
}

type PositiveId =
  | 'Accounts_TwoFactorAuthentication_By_Email_Code_Expiration'
  | 'Accounts_TwoFactorAuthentication_Max_Invalid_Email_Code_Attempts';

function positive({ get }: Settings, id: PositiveId): number {
  return get(id) > 0 ? get(id) : SETTINGS[id].default;
}

function isGood(stored: EmailCode | undefined, settings: Settings, now: Date): stored is EmailCode {
  return (
    stored !== undefined &&
    stored.expire > now &&
    stored.attempts < positive(settings, 'Accounts_TwoFactorAuthentication_Max_Invalid_Email_Code_Attempts')
  );
}

function toEmailCode(value: unknown): EmailCode | undefined {
  const { code, expire, attempts } = (value ?? {}) as Partial<EmailCode>;
  return typeof code === 'string' && expire instanceof Date ? { code, expire, attempts: typeof attempts === 'number' ? attempts : 0 } : undefined;
}

function verifiedAddresses({ emails }: FactorUser): readonly string[] {
  if (!Array.isArray(emails)) return [];
  return emails.filter(({ address, verified }) => verified && typeof address === 'string').map(({ address }) => address).slice(0, MAX_ADDRESSES);
}

/** Services that are not a sign-in elsewhere. */
const OWN_SERVICES = new Set(['password', 'resume', 'totp', 'email2fa', 'emailCode', 'email', 'ldap', 'passwordHistory', 'cloud']);

function isOAuthUser({ services }: FactorUser): boolean {
  return Object.keys(services ?? {}).some((service) => !OWN_SERVICES.has(service)) && services?.password?.bcrypt === undefined;
}
