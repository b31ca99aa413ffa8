import bcrypt from 'bcryptjs';
import type { Connection } from 'mongoose';
import request from 'supertest';
import { codeAt, PASSWORD_DIGEST, SECRET, STEP_MS } from '../auth/second-factor/second-factor-host.js';
import { createHost, hashToken, storeSettings, type TestHost } from '../setup/host.js';
import { openConnection, openTestDatabase, type TestDatabase } from '../setup/mongo.js';

const DAY_MS = 86_400_000;
const TOKEN = 'a-token-of-the-administrator';
const SKEWS = [
  ['an hour ahead', 3_600_000],
  ['a day ahead', DAY_MS],
  ['ten years ahead', 3_650 * DAY_MS],
  ['a day behind', -DAY_MS],
  ['ten years behind', -3_650 * DAY_MS],
] as const;

let database: TestDatabase;
let other: Connection;
let host: TestHost;
let mails: string[];

beforeAll(async () => {
  database = await openTestDatabase();
  other = await openConnection(database.url);
  await storeSettings(database.connection, { API_Enable_Rate_Limiter: false });
});
beforeEach(() => {
  mails = [];
  host = createHost(other);
});
afterEach(() => {
  jest.useRealTimers();
});
afterAll(async () => {
  await other.close();
  await database.close();
});

/**
 * Everything that this process calls the time of day is wrong by so much; timers and the monotonic clock go
 * on.
 */
function setHostClock(skewMs: number): void {
  const now = Date.now() + skewMs;
  const others = [
    'setTimeout',
    'setInterval',
    'setImmediate',
    'clearTimeout',
    'clearInterval',
    'clearImmediate',
  ];
  jest.useFakeTimers({
    now,
    doNotFake: [...others, 'nextTick', 'queueMicrotask', 'performance', 'hrtime'] as never,
  });
}

/** What the call answers on a host whose clock is wrong. */
async function withSkew<T>(skewMs: number, call: (wrong: TestHost) => Promise<T>): Promise<T> {
  setHostClock(skewMs);
  try {
    const wrong = createHost(database.connection, {
      clock: () => new Date(Date.now()),
      sendMail: ({ text }) => Promise.resolve(void mails.push(text)),
    });
    return await call(wrong);
  } finally {
    jest.useRealTimers();
  }
}

let stored = 0;
async function storeAdmin(services: object, when = new Date()): Promise<string> {
  stored += 1;
  const _id = `admin${String(stored).padStart(12, '0')}`;
  await database.connection.collection('users').insertOne({
    _id: _id as never,
    username: _id,
    active: true,
    emails: [{ address: `${_id}@host.example`, verified: true }],
    services: { resume: { loginTokens: [{ hashedToken: hashToken(TOKEN), when }] }, ...services },
  });
  return _id;
}

async function call({ app }: TestHost, userId: string, code?: string): Promise<string> {
  const asked = request(app).post('/api/v1/ldap.syncNow').set({ 'X-User-Id': userId, 'X-Auth-Token': TOKEN });
  const { status, body } = await (code === undefined ? asked : asked.set('x-2fa-code', code));
  const { errorType, error } = body as { errorType?: string; error?: string };
  return `${status} ${errorType ?? error ?? ''}`.trim();
}

/** The permission is asked after the second factor. */
const PASSED = '400 error-not-authorized';
const withPassword = { password: { bcrypt: bcrypt.hashSync(PASSWORD_DIGEST, 4) } };
const withTotp = { totp: { enabled: true, secret: SECRET, hashedBackup: [] } };
const withEmail = { email2fa: { enabled: true } };
const WRONG = 'f'.repeat(64);

describe.each(SKEWS)('a host whose clock is %s', (_what, skewMs) => {
  test('does not lock anybody out elsewhere for longer than the budget says', async () => {
    const userId = await storeAdmin(withPassword);
    await withSkew(skewMs, async (wrong) =>
      expect(await call(wrong, userId, WRONG)).toBe('400 totp-invalid'),
    );
    expect(await call(host, userId, PASSWORD_DIGEST)).toBe(PASSED);
    const state = await database.connection
      .collection('ldap_sync_second_factor')
      .findOne({ _id: userId as never });
    for (const at of [state!.attempts[0].at, new Date(state!.expiresAt - DAY_MS)])
      expect(Math.abs(at - Date.now())).toBeLessThan(60_000);
  });

  test('does not forget the wrong codes of others', async () => {
    const userId = await storeAdmin(withPassword);
    for (let time = 0; time < 10; time += 1) await call(host, userId, WRONG);
    await withSkew(skewMs, async (wrong) =>
      expect(await call(wrong, userId, PASSWORD_DIGEST)).toBe('400 totp-max-attempts'),
    );
  });

  test('takes the TOTP code of now, not that of its own clock, and none twice', async () => {
    const userId = await storeAdmin(withTotp);
    await withSkew(skewMs, async (wrong) => {
      // The steps around: the code may change while the call is on its way.
      const near = [-2, -1, 0, 1, 2].map((steps) => codeAt(Date.now() + steps * STEP_MS));
      const real = [-2, -1, 0, 1, 2].map((steps) => codeAt(Date.now() - skewMs + steps * STEP_MS));
      const own = near.find((code) => !real.includes(code))!;
      expect(await call(wrong, userId, own)).toBe('400 totp-invalid');
      const code = codeAt(Date.now() - skewMs);
      expect(await call(wrong, userId, code)).toBe(PASSED);
      expect(await call(host, userId, code)).toBe('400 totp-invalid');
    });
  });

  test('mails codes that end in time, and takes none that has ended', async () => {
    const userId = await storeAdmin(withEmail);
    await withSkew(skewMs, async (wrong) => {
      expect(await call(wrong, userId)).toBe('400 totp-required');
    });
    const user = await database.connection.collection('users').findOne({ _id: userId as never });
    const { code, expire } = user!.services.emailCode;
    expect(Math.abs(expire - Date.now() - 3_600_000)).toBeLessThan(60_000);
    const ended = { code, expire: new Date(Date.now() - 60_000), attempts: 0 };
    await database.connection
      .collection('users')
      .updateOne({ _id: userId as never }, { $set: { 'services.emailCode': ended } });
    const digits = /(\d{3})-(\d{3})/.exec(mails[0]!)!.slice(1).join('');
    await withSkew(skewMs, async (wrong) =>
      expect(await call(wrong, userId, digits)).toBe('400 totp-invalid'),
    );
    expect(mails).toHaveLength(2);
  });

  test('admits a good login token, and not one that has ended', async () => {
    const userId = await storeAdmin(withPassword);
    const ended = await storeAdmin(withPassword, new Date(Date.now() - 91 * DAY_MS));
    await withSkew(skewMs, async (wrong) => {
      expect(await call(wrong, userId, PASSWORD_DIGEST)).toBe(PASSED);
      expect(await call(wrong, ended, PASSWORD_DIGEST)).toBe('401');
    });
  });
});

describe('what a host with a wrong clock has left in the database', () => {
  const ahead = (ms: number) => new Date(Date.now() + ms);
  const attempts = (at: unknown) =>
    Array.from({ length: 40 }, (_, index) => ({ _id: `a${index}`, token: '', at, isOpen: false }));

  test.each([
    ['the lock of an older version', () => ({ failures: 10, windowEndsAt: ahead(3_650 * DAY_MS) })],
    ['attempts an hour ahead', () => ({ version: 3, attempts: attempts(ahead(3_600_000)) })],
    ['attempts without a time', () => ({ version: 3, attempts: attempts('tomorrow') })],
    ['attempts that are no list', () => ({ version: 3, attempts: { length: 40 } })],
    ['attempts that are nothing', () => ({ version: 3, attempts: Array.from({ length: 40 }, () => null) })],
    ['a version that is no number', () => ({ version: 'x' })],
    ['a version that is too large', () => ({ version: Number.MAX_SAFE_INTEGER })],
  ])('heals: %s', async (_what, toState) => {
    const userId = await storeAdmin(withPassword);
    await database.connection
      .collection('ldap_sync_second_factor')
      .insertOne({ _id: userId as never, ...toState() });
    expect(await call(host, userId, PASSWORD_DIGEST)).toBe(PASSED);
    expect(await call(host, userId, WRONG)).toBe('400 totp-invalid');
  });

  test('heals: a TOTP step of the future; one of now stays used', async () => {
    const userId = await storeAdmin(withTotp);
    const lastTotpStep = Math.floor(ahead(DAY_MS).getTime() / STEP_MS);
    const states = database.connection.collection('ldap_sync_second_factor');
    await states.insertOne({ _id: userId as never, lastTotpStep });
    const code = codeAt(Date.now());
    expect(await call(host, userId, code)).toBe(PASSED);
    expect(await call(host, userId, code)).toBe('400 totp-invalid');
  });

  test('heals: an e-mailed code that would live for too long is replaced', async () => {
    const emailCode = { code: bcrypt.hashSync('072814', 4), expire: ahead(DAY_MS), attempts: 0 };
    const userId = await storeAdmin({ ...withEmail, emailCode });
    await withSkew(0, async (any) => expect(await call(any, userId, '072814')).toBe('400 totp-invalid'));
    expect(mails).toHaveLength(1);
  });
});

test('the database deletes records that are over', async () => {
  await host.ldapSync.ensureIndexes();
  const indexes = await database.connection.collection('ldap_sync_second_factor').indexes();
  expect(indexes).toContainEqual(expect.objectContaining({ key: { expiresAt: 1 }, expireAfterSeconds: 0 }));
});
