import type { MailedCodeRecord } from '../../../models/second-factor.js';
import { isWithin } from './time-window.js';

/** How many codes may be mailed, and not used, in any window of time, over all hosts. */
export interface MailBudget {
  readonly byToken: number;
  readonly byUser: number;
  readonly windowMs: number;
}

/** A token that was stolen, too, mails two codes an hour, and leaves the user theirs. */
export const DEFAULT_MAIL_BUDGET: MailBudget = { byToken: 2, byUser: 6, windowMs: 60 * 60_000 };

/** The mails that count now; incomplete records are left out. */
export function toCurrentMails(stored: unknown, now: Date, windowMs: number): readonly MailedCodeRecord[] {
  if (!Array.isArray(stored)) return [];
  return (stored as readonly (Partial<MailedCodeRecord> | null)[]).filter(
    (mail): mail is MailedCodeRecord =>
      typeof mail?._id === 'string' && typeof mail.token === 'string' && isWithin(mail.at, now, windowMs),
  );
}

export function mayMail(mails: readonly MailedCodeRecord[], token: string, budget: MailBudget): boolean {
  return mails.length < budget.byUser && mails.filter((mail) => mail.token === token).length < budget.byToken;
}
