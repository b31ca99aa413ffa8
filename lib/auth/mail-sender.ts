export interface MailMessage {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends one mail. Rejects when it could not be handed over. */
export type SendMail = (message: MailMessage) => Promise<void>;
