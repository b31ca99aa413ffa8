import { randomInt } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Clock } from '../clock.js';
import { LdapSyncError } from '../errors.js';
import type { Logger } from '../logger.js';
import { SETTINGS } from '../settings/definitions.js';
import type { Settings } from '../settings/settings.js';
import { isBcryptOf, toBcrypt } from './bcrypt.js';
import { createEmailCodes, toEmailCode, type EmailCode } from './email-code.js';
import { NOTHING_GENERATED, type Factor, type FactorUser } from './factor.js';
import type { SendMail } from './mail-sender.js';

interface Dependencies {
  readonly connection: Connection;
  readonly sendMail: SendMail;
  readonly clock: Clock;
  readonly logger: Logger;
}

const MAX_ADDRESSES = 10;

/** Six digits by mail, stored as Rocket.Chat stores them, so that a code mailed by either is good for both. */
export function createEmailFactor({ connection, sendMail, clock, logger }: Dependencies): Factor {
  const codes = createEmailCodes(connection);

  async function mail(addresses: readonly string[], code: string): Promise<void> {
    const text = `Your authentication code is: ${code.slice(0, 3)}-${code.slice(3)}\n\nIf you did not ask for it, somebody knows your password or token: change it.\n`;
    const sent = await Promise.allSettled(
      addresses.map((to) => sendMail({ to, subject: 'Authentication code', text })),
    );
    const failures = sent
      .filter((result) => result.status === 'rejected')
      .map(({ reason }) => reason as unknown);
    if (failures.length > 0)
      logger.warn(
        { failed: failures.length, of: addresses.length },
        'A mail with an authentication code could not be sent',
      );
    if (failures.length < addresses.length) return;
    const [first] = failures;
    throw first instanceof LdapSyncError
      ? first
      : new LdapSyncError('mail-failed', 'The mail with the authentication code could not be sent.', {
          remedy: 'Check the mail settings of the chat server (MAIL_URL or SMTP_Host).',
        });
  }

  /** Stores a new code unless another request has just done so; only the one that stored it mails it. */
  async function generate(user: FactorUser, settings: Settings): Promise<boolean> {
    const code = randomInt(1_000_000).toString().padStart(6, '0');
    const lifetimeMs =
      positive(settings, 'Accounts_TwoFactorAuthentication_By_Email_Code_Expiration') * 1_000;
    const next = {
      code: await toBcrypt(code),
      expire: new Date(clock().getTime() + lifetimeMs),
      attempts: 0,
    };
    if (!(await codes.replace(user._id, user.services?.emailCode, next))) return false;
    try {
      await mail(verifiedAddresses(user), code);
    } catch (error) {
      // Nobody can know this code; the next call has to make another one.
      await codes.remove(user._id, next);
      throw error;
    }
    return true;
  }

  return {
    method: 'email',

    isEnabled: (user, settings) =>
      settings.get('Accounts_TwoFactorAuthentication_By_Email_Enabled') &&
      user.services?.email2fa?.enabled === true &&
      verifiedAddresses(user).length > 0 &&
      (settings.get('Accounts_twoFactorAuthentication_email_available_for_OAuth_users') ||
        !isOAuthUser(user)),

    async prepare(user, settings) {
      const stored = toEmailCode(user.services?.emailCode);
      if (isGood(stored, settings, clock()))
        return { codeGenerated: false, codeExpires: stored.expire.toISOString() };
      if (await generate(user, settings))
        return { codeGenerated: true, emailOrUsername: verifiedAddresses(user)[0] ?? '' };
      const current = await codes.read(user._id);
      return isGood(current, settings, clock())
        ? { codeGenerated: false, codeExpires: current.expire.toISOString() }
        : NOTHING_GENERATED;
    },

    async check({ _id, services }, text, settings) {
      const stored = toEmailCode(services?.emailCode);
      if (!isGood(stored, settings, clock())) return 'wrong';
      const limit = attemptLimit(settings);
      if (await codes.takeAttempt(_id, stored, limit)) {
        const digits = text.replace(/\D/g, '');
        const isRight = digits.length === 6 && (await isBcryptOf(stored.code, digits));
        // Removing the code is what accepts it: of two at once, one removes it.
        if (isRight) return (await codes.remove(_id, stored)) ? 'right' : 'wrong';
      }
      const current = await codes.read(_id);
      return current?.code === stored.code && current.attempts >= limit ? 'spent' : 'wrong';
    },
  };
}

type PositiveId =
  | 'Accounts_TwoFactorAuthentication_By_Email_Code_Expiration'
  | 'Accounts_TwoFactorAuthentication_Max_Invalid_Email_Code_Attempts';

function positive({ get }: Settings, id: PositiveId): number {
  return get(id) > 0 ? get(id) : SETTINGS[id].default;
}

function attemptLimit(settings: Settings): number {
  return positive(settings, 'Accounts_TwoFactorAuthentication_Max_Invalid_Email_Code_Attempts');
}

function isGood(stored: EmailCode | undefined, settings: Settings, now: Date): stored is EmailCode {
  return stored !== undefined && stored.expire > now && stored.attempts < attemptLimit(settings);
}

function verifiedAddresses({ emails }: FactorUser): readonly string[] {
  if (!Array.isArray(emails)) return [];
  return (emails as readonly ({ address?: unknown; verified?: unknown } | null)[])
    .filter((email) => email?.verified === true)
    .map((email) => email?.address)
    .filter((address) => typeof address === 'string')
    .slice(0, MAX_ADDRESSES);
}

/** What lies beside the sign-in services of others (Google, GitHub, a custom one …) in `services`. */
const NO_OAUTH = new Set([
  'password',
  'passwordHistory',
  'resume',
  'totp',
  'email2fa',
  'emailCode',
  'email',
  'ldap',
  'saml',
  'cloud',
]);

function isOAuthUser({ services }: FactorUser): boolean {
  return Object.keys(services ?? {}).some((service) => !NO_OAUTH.has(service));
}
