import { createHash, timingSafeEqual } from 'node:crypto';
import type { Connection } from 'mongoose';
import { isActive } from '../../models/active-user.js';
import { userCollection, type LoginTokenRecord, type UserRecord } from '../../models/user.js';
import type { DatabaseTime } from '../../models/database-time.js';
import type { ReadSettings } from '../settings/settings.js';
import type { Authenticate } from './principal.js';

interface Dependencies {
  readonly connection: Connection;
  readonly readSettings: ReadSettings;
  readonly databaseTime: DatabaseTime;
}

const MAX_USER_ID_LENGTH = 128;
const MAX_TOKEN_LENGTH = 512;
const DEFAULT_LIFETIME_DAYS = 90;
const DAY_MS = 86_400_000;
/**
 * A chat server dates its tokens by its own clock, which may be ahead; one that is further ahead would make
 * them live for too long.
 */
const HOST_TOLERANCE_MS = 2 * DAY_MS;

/**
 * Rocket.Chat's sign-in of the REST API: base64(SHA-256(`X-Auth-Token`)) among the login tokens of the user
 * `X-User-Id`. Stricter than the original: inactive users and tokens older than `Accounts_LoginExpiration`
 * are refused here, and not only once a clean-up has run; their age is reckoned in the database server's
 * time. Personal access tokens do not expire.
 */
export function createTokenAuthentication({
  connection,
  readSettings,
  databaseTime,
}: Dependencies): Authenticate {
  const users = () => userCollection(connection);

  return async ({ headers }) => {
    const userId = toText(headers['x-user-id'], MAX_USER_ID_LENGTH);
    const token = toText(headers['x-auth-token'], MAX_TOKEN_LENGTH);
    if (userId === undefined || token === undefined) return undefined;
    const hashedToken = createHash('sha256').update(token).digest('base64');
    const user = await users().findOne<UserRecord>(
      { _id: userId, 'services.resume.loginTokens.hashedToken': hashedToken },
      { projection: { username: 1, active: 1, 'services.resume.loginTokens': 1 } },
    );
    if (!user || !isActive(user)) return undefined;
    const found = findToken(user, hashedToken);
    if (!found) return undefined;
    const [{ get }, now] = await Promise.all([readSettings(), databaseTime()]);
    if (isExpired(found, get('Accounts_LoginExpiration'), now)) return undefined;
    const tokenId = createHash('sha256').update(hashedToken).digest('hex');
    return { userId, ...(typeof user.username === 'string' ? { username: user.username } : {}), tokenId };
  };
}

/** Node joins a header that was given twice by a comma; neither ids nor tokens hold one, or a blank. */
const GIVEN_ONCE = /^[\x21-\x2b\x2d-\x7e]+$/;

function toText(header: unknown, maxLength: number): string | undefined {
  return typeof header === 'string' && header.length <= maxLength && GIVEN_ONCE.test(header)
    ? header
    : undefined;
}

function findToken({ services }: UserRecord, hashedToken: string): LoginTokenRecord | undefined {
  const tokens: unknown = services?.resume?.loginTokens;
  if (!Array.isArray(tokens)) return undefined;
  const wanted = Buffer.from(hashedToken);
  return (tokens as (Partial<LoginTokenRecord> | null)[]).find((token): token is LoginTokenRecord => {
    if (typeof token?.hashedToken !== 'string') return false;
    const actual = Buffer.from(token.hashedToken);
    return actual.length === wanted.length && timingSafeEqual(actual, wanted);
  });
}

function isExpired({ type, when }: LoginTokenRecord, lifetimeDays: number, now: Date): boolean {
  if (type === 'personalAccessToken') return false;
  if (!(when instanceof Date)) return true;
  const days = lifetimeDays > 0 ? lifetimeDays : DEFAULT_LIFETIME_DAYS;
  const ageMs = now.getTime() - when.getTime();
  return !(ageMs < days * DAY_MS && ageMs >= -HOST_TOLERANCE_MS);
}
