import { definitionsOf } from './definition.js';

const calls = definitionsOf('calls', true);
const { onOff, text } = definitionsOf('mail', true);

const POSITIVE = { min: 1, max: Number.MAX_SAFE_INTEGER };

/** How many calls may be made. */
export const CALLS = {
  API_Enable_Rate_Limiter: calls.onOff(true, 'Whether calls are limited.'),
  API_Enable_Rate_Limiter_Limit_Calls_Default: calls.number(
    10,
    POSITIVE,
    'How many calls may be made in the time below.',
  ),
  API_Enable_Rate_Limiter_Limit_Time_Default: calls.number(
    60_000,
    POSITIVE,
    'The time in which calls are counted, in ms.',
  ),
} as const;

/** How mails are sent, unless the host gives `sendMail` or `MAIL_URL`. */
export const MAIL = {
  Accounts_Send_Email_When_Deactivating: onOff(
    true,
    'Whether people are mailed when a sync switches them off; many at once only when who approves it ' +
      'says so.',
  ),
  Accounts_Send_Email_When_Activating: onOff(
    true,
    'Whether people are mailed when a sync switches them on again; many at once as above.',
  ),
  From_Email: text('', 'The sender of mails.'),
  Site_Name: text('', 'The name of the chat server in mails.'),
  Site_Url: text('', 'The address of the chat server in mails; empty: mails have no links.'),
  SMTP_Protocol: text('smtp', 'For smtps the connection is encrypted from the start; else it is smtp.'),
  SMTP_Host: text('', 'The host name of the mail server.'),
  SMTP_Port: text('', 'The port of the mail server; empty: 465 for smtps, else 25.'),
  SMTP_IgnoreTLS: onOff(true, 'Whether mails go out unencrypted though the mail server offers STARTTLS.'),
  SMTP_Username: text('', 'The account at the mail server; empty: none.'),
  SMTP_Password: text('', 'The password at the mail server.'),
} as const;
