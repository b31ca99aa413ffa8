import type { MailText } from '../../mail-lines.js';

/** How people are mailed. */
export interface PersonMails {
  /** Whether there is anything that mails could be handed over to. */
  isSetUp(): Promise<boolean>;
  /** Sends one mail to one address. Rejects when it could not be handed over. */
  send(mail: MailText & { readonly to: string }): Promise<void>;
}
