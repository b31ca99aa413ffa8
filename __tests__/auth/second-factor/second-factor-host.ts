import { createHash, createHmac, randomBytes } from 'node:crypto';
import bcrypt from 'bcryptjs';
import type { Connection } from 'mongoose';
import { createSecondFactor } from '../../../lib/auth/second-factor/second-factor-policy.js';
import type { AttemptBudget } from '../../../lib/auth/limits/attempt-budget.js';
import type {
  SecondFactorInput,
  SecondFactorVerdict,
} from '../../../lib/auth/second-factor/second-factor.js';
import { createSmtpMail } from '../../../lib/auth/smtp-mail.js';
import { silentLogger } from '../../../lib/logger.js';
import { createReadSettings } from '../../../lib/settings/settings.js';
import { createStoredSettings } from '../../../lib/settings/stored-settings.js';
import type { SmtpSink } from '../../setup/smtp-sink.js';

export const STEP_MS = 30_000;
/** The beginning of a time step. */
export const NOON = new Date('2026-11-24T12:00:00.000Z');
/** base32 of the key that `codeAt` uses. */
export const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
export const PASSWORD_DIGEST = createHash('sha256').update('correct horse').digest('hex');

/** RFC 6238 from node:crypto alone, so that the code under test does not judge itself. */
export function codeAt(time: Date | number, key = Buffer.from('12345678901234567890')): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Number(time) / STEP_MS)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = mac[19]! & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Six digits that are not the right ones now, nor one step away. */
export function wrongCodeAt(time: Date | number): string {
  const near = [-2, -1, 0, 1, 2].map((steps) => codeAt(Number(time) + steps * STEP_MS));
  for (let candidate = 0; ; candidate += 1) {
    const code = String(candidate).padStart(6, '0');
    if (!near.includes(code)) return code;
  }
}

export interface Person {
  readonly emails?: unknown;
  readonly services?: Readonly<Record<string, unknown>>;
}

/** Stores a user and gives the id. */
export async function storePerson(connection: Connection, { emails, services }: Person): Promise<string> {
  const userId = randomBytes(9).toString('hex').slice(0, 17);
  await connection.collection('users').insertOne({
    _id: userId as never,
    username: userId,
    active: true,
    ...(emails === undefined ? {} : { emails }),
    services: { resume: { loginTokens: [] }, ...services },
  });
  return userId;
}

export const withTotp = { totp: { enabled: true, secret: SECRET, hashedBackup: [] } };
export const withEmail = { email2fa: { enabled: true, changedAt: NOON } };
export const withPassword = { password: { bcrypt: bcrypt.hashSync(PASSWORD_DIGEST, 4) } };
export const verified = (address: string) => ({ address, verified: true });

export interface SecondFactorHost {
  now: Date;
  verify(
    userId: string,
    input?: Partial<SecondFactorInput> & { readonly tokenId?: string },
  ): Promise<SecondFactorVerdict>;
}

/** One host, whose database's time the test sets, and whatever connection it has. */
export function createSecondFactorHost(
  connection: Connection,
  sink?: SmtpSink,
  budget?: AttemptBudget,
): SecondFactorHost {
  const readSettings = createReadSettings(createStoredSettings(connection), {});
  const verifySecondFactor = createSecondFactor({
    connection,
    readSettings,
    sendMail: createSmtpMail({ mailUrl: sink && `smtp://127.0.0.1:${sink.port}`, readSettings }),
    databaseTime: () => Promise.resolve(host.now),
    logger: silentLogger,
    ...(budget ? { budget } : {}),
  });
  const host: SecondFactorHost = {
    now: NOON,
    verify: (userId, { code, method, address, tokenId } = {}) =>
      verifySecondFactor(
        { userId, username: userId, ...(tokenId === undefined ? {} : { tokenId }) },
        { code, method, address },
      ),
  };
  return host;
}

/** The code in the mail that arrived last. */
export function mailedCode({ mails }: SmtpSink): string {
  const found = /code is: (\d{3})-(\d{3})/.exec(mails.at(-1)?.source ?? '');
  if (!found) throw new Error('No code was mailed.');
  return `${found[1]}${found[2]}`;
}

/** Six digits that are not `code`. */
export function otherThan(code: string): string {
  return code === '000000' ? '000001' : '000000';
}

export function countOutcomes(verdicts: readonly SecondFactorVerdict[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of verdicts) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
