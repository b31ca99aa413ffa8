import nodemailer, { type Transporter } from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport';
import { LdapSyncError } from '../errors.js';
import type { ReadSettings, Settings } from '../settings/settings.js';
import type { SendMail } from './mail-sender.js';

interface Dependencies {
  /** `MAIL_URL`, such as `smtps://user:password@host:465`. Wins over the settings. */
  readonly mailUrl: string | undefined;
  readonly readSettings: ReadSettings;
  /** How long handing over a mail may take, however busy the server looks meanwhile. @default 30 seconds */
  readonly deadlineMs?: number;
}

const TIMEOUTS = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
} as const;
const DEADLINE_MS = 30_000;
const LINE_BREAK = /[\r\n]/;
const MAIL_SCHEME = /^smtps?:$/;
const DEFAULT_FROM = 'no-reply@localhost';

/**
 * Mails through nodemailer: by `MAIL_URL`, else by Rocket.Chat's `SMTP_*` settings. A mail that could not be
 * handed over is a `LdapSyncError` (`mail-failed`) without the words of the server.
 */
export function createSmtpMail({ mailUrl, readSettings, deadlineMs = DEADLINE_MS }: Dependencies): SendMail {
  return async ({ to, subject, text }) => {
    const settings = await readSettings();
    const from = settings.get('From_Email').trim() || DEFAULT_FROM;
    if ([from, to, subject].some((line) => LINE_BREAK.test(line))) {
      throw mailFailed('From_Email, the address or the subject of the mail holds a line break.');
    }
    const options = toTransportOptions(mailUrl, settings);
    const signal = AbortSignal.timeout(deadlineMs);
    let transport: Transporter | undefined;
    try {
      transport = nodemailer.createTransport({
        ...options,
        ...TIMEOUTS,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      // As an object it is taken as one address; as a text it could hold several.
      const mail = { from, to: { name: '', address: to }, subject, text, signal };
      await transport.sendMail(mail);
    } catch (error) {
      // nodemailer's own errors may carry what was said to the server, the password included.
      throw mailFailed(
        `The mail server did not take the mail (${signal.aborted ? 'it took too long' : toCode(error)}).`,
      );
    } finally {
      transport?.close();
    }
  };
}

/** Whether there is a mail server to hand mails over to; not whether it works. */
export async function isMailServerSet({
  mailUrl,
  readSettings,
}: Pick<Dependencies, 'mailUrl' | 'readSettings'>): Promise<boolean> {
  return Boolean(mailUrl) || (await readSettings()).get('SMTP_Host').trim() !== '';
}

function toTransportOptions(mailUrl: string | undefined, { get }: Settings): SMTPTransport.Options {
  if (mailUrl) {
    if (!URL.canParse(mailUrl) || !MAIL_SCHEME.test(new URL(mailUrl).protocol)) {
      throw mailFailed('MAIL_URL is not a URL of the form smtp://user:password@host:port.');
    }
    return { url: mailUrl };
  }
  const host = get('SMTP_Host').trim();
  if (host === '') throw mailFailed('No mail server is set: neither MAIL_URL nor SMTP_Host.');
  const isSecure = get('SMTP_Protocol') === 'smtps';
  const port = Number(get('SMTP_Port'));
  return {
    host,
    port: Number.isInteger(port) && port > 0 ? port : isSecure ? 465 : 25,
    secure: isSecure,
    ignoreTLS: !isSecure && get('SMTP_IgnoreTLS'),
    ...(get('SMTP_Username') === ''
      ? {}
      : { auth: { user: get('SMTP_Username'), pass: get('SMTP_Password') } }),
  };
}

function toCode(error: unknown): string {
  const code: unknown = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : 'no reason given';
}

function mailFailed(message: string): LdapSyncError {
  return new LdapSyncError('mail-failed', message, {
    remedy: 'Set MAIL_URL, or SMTP_Host and the other SMTP_ settings, to a working mail server.',
  });
}
