import { isIP } from 'node:net';
import type { Logger } from '../../logger.js';
import type { FactorUser } from './factor.js';
import type { MailedCodes } from './mailed-codes.js';
import type { Mailing } from './mailing.js';
import { toVerifiedAddresses } from './user-addresses.js';

export interface Lockout {
  readonly user: FactorUser;
  /** In the database server's time. */
  readonly at: Date;
  /** As the host sees it. */
  readonly address: string | undefined;
}

interface Dependencies {
  readonly mailed: Pick<MailedCodes, 'mayTell'>;
  readonly mailing: Mailing;
  readonly logger: Logger;
}

const LONGEST_NAME = 100;

/**
 * Tells a user, once in an hour, that somebody with one of their login tokens has given so many wrong codes
 * that no more are checked. Never rejects: the call that caused it does not wait for the mail, nor fail with
 * it.
 */
export function createLockoutNotice({ mailed, mailing, logger }: Dependencies) {
  return async ({ user, at, address }: Lockout): Promise<void> => {
    try {
      if (!(await mailed.mayTell(user._id))) return;
      const from = address !== undefined && isIP(address) > 0 ? address : 'an unknown address';
      logger.warn({ userId: user._id, address: from }, 'Too many wrong second-factor codes of one token');
      const addresses = toVerifiedAddresses(user);
      if (addresses.length === 0) return;
      const text = toText(user, at, from);
      await mailing({ userId: user._id, addresses, subject: 'Too many wrong authentication codes', text });
    } catch (error) {
      logger.warn(
        { userId: user._id, error: (error as Error).message },
        'A user could not be told of a lock-out',
      );
    }
  };
}

function toText({ _id, username }: FactorUser, at: Date, from: string): string {
  const name = typeof username === 'string' ? username : _id;
  return [
    `Somebody who is signed in as ${name.replace(/\p{C}/gu, ' ').slice(0, LONGEST_NAME)} has given too ` +
      'many wrong authentication codes.',
    `The last came at ${at.toISOString()} from ${from}. No code of that login is looked at for some ` +
      'minutes; other logins are not affected.',
    'If it was not you, somebody has your login token: sign out everywhere, and change your password.',
    '',
  ].join('\n\n');
}
