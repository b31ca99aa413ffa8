import nodemailer, { type Transporter } from 'nodemailer';
import { LdapSyncError } from '../errors.js';
import type { ReadSettings, Settings } from '../settings/settings.js';
import type { SendMail } from './mail-sender.js';

interface Dependencies {
  /** `MAIL_URL`, such as `smtps://user:password@host:465`. Wins over the settings. */
  readonly mailUrl: string | undefined;
  readonly readSettings: ReadSettings;
}

const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 } as const;
const LINE_BREAK = /[\r\n]/;
const DEFAULT_FROM = 'no-reply@localhost';

/** Mails through nodemailer: by `MAIL_URL`, else by Rocket.Chat's `SMTP_*` settings. */
export function createSmtpMail({ mailUrl, readSettings }: Dependencies): SendMail {
  return async ({ to, subject, text }) => {
    const settings = await readSettings();
    if (LINE_BREAK.test(to) || LINE_BREAK.test(subject)) throw mailFailed('The address of the mail holds a line break.');
    const transport = createTransport(mailUrl, settings);
    try {
      await transport.sendMail({ from: settings.get('From_Email') || DEFAULT_FROM, to: { name: '', address: to }, subject, text });
    } catch (error) {
      // nodemailer's own errors may carry what was said to the server, the password included.
      throw mailFailed(`The mail server did not take the mail (${toCode(error)}).`);
    } finally {
      transport.close();
    }
  };
}

function createTransport(mailUrl: string | undefined, { get }: Settings): Transporter {
  const own = { disableFileAccess: true, disableUrlAccess: true, ...TIMEOUTS };
  if (mailUrl) {
    if (!URL.canParse(mailUrl)) throw mailFailed('MAIL_URL is not a URL.');
    return nodemailer.createTransport({ ...own, url: mailUrl });
  }
  const host = get('SMTP_Host');
  if (host === '') throw mailFailed('No mail server is set.');
  const isSecure = get('SMTP_Protocol') === 'smtps';
  const port = Number(get('SMTP_Port'));
  return nodemailer.createTransport({
    ...own,
    host,
    port: Number.isInteger(port) && port > 0 ? port : isSecure ? 465 : 25,
    secure: isSecure,
    ignoreTLS: !isSecure && get('SMTP_IgnoreTLS'),
    ...(get('SMTP_Username') === '' ? {} : { auth: { user: get('SMTP_Username'), pass: get('SMTP_Password') } }),
  });
}

function toCode(error: unknown): string {
  const code: unknown = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : 'no reason given';
}

function mailFailed(message: string): LdapSyncError {
  return new LdapSyncError('mail-failed', message, { remedy: 'Set MAIL_URL, or SMTP_Host and the other SMTP_ settings, to a working mail server.' });
}
