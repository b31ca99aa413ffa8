import type { Connection } from 'mongoose';
import request from 'supertest';
import { AUTH_HEADERS, createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openConnection, openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { openSmtpSink, type SmtpSink } from '../setup/smtp-sink.js';
import {
  codeAt,
  countOutcomes,
  createSecondFactorHost,
  mailedCode,
  NOON,
  otherThan,
  PASSWORD_DIGEST,
  storePerson,
  verified,
  withEmail,
  withPassword,
  withTotp,
  wrongCodeAt,
  type SecondFactorHost,
} from '../auth/second-factor/second-factor-host.js';

const MINUTE_MS = 60_000;
const after = (minutes: number) => new Date(Number(NOON) + minutes * MINUTE_MS);

let database: TestDatabase;
let other: Connection;
let sink: SmtpSink;
let hosts: readonly [SecondFactorHost, SecondFactorHost];

beforeAll(async () => {
  database = await openTestDatabase();
  other = await openConnection(database.url);
  sink = await openSmtpSink();
});
beforeEach(() => {
  sink.mails.length = 0;
  hosts = [createSecondFactorHost(database.connection, sink), createSecondFactorHost(other, sink)];
});
afterAll(async () => {
  await sink.close();
  await other.close();
  await database.close();
});

const setTime = (now: Date) => hosts.forEach((host) => (host.now = now));
const guess = (userId: string, code: unknown, host = hosts[0]) => host.verify(userId, { code });
const right = () => codeAt(hosts[0].now);
const wrong = () => wrongCodeAt(hosts[0].now);
const storeTotpUser = () => storePerson(database.connection, { services: withTotp });

async function countAttempts(userId: string): Promise<unknown> {
  const state = await database.connection
    .collection('ldap_sync_second_factor')
    .findOne({ _id: userId as never });
  return state?.attempts.length;
}

async function fail(userId: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1)
    await expect(guess(userId, wrong())).resolves.toMatchObject({ outcome: 'invalid' });
}

describe('a burst of 100 wrong codes at once, over two hosts', () => {
  test('gets exactly ten of them looked at, also for a user never seen before', async () => {
    const userId = await storeTotpUser();
    const verdicts = await Promise.all(
      Array.from({ length: 100 }, (_, index) => guess(userId, wrong(), hosts[index % 2 === 0 ? 0 : 1])),
    );
    expect(countOutcomes(verdicts)).toEqual({ invalid: 10, 'max-attempts': 90 });
    await expect(guess(userId, right())).resolves.toMatchObject({ outcome: 'max-attempts' });
  });

  test('does so again right after the window', async () => {
    const userId = await storeTotpUser();
    await fail(userId, 10);
    setTime(after(15));
    const verdicts = await Promise.all(
      Array.from({ length: 40 }, (_, index) => guess(userId, wrong(), hosts[index % 2 === 0 ? 0 : 1])),
    );
    expect(countOutcomes(verdicts)).toEqual({ invalid: 10, 'max-attempts': 30 });
  });

  test('with the right one at its end does not let that one in', async () => {
    const userId = await storeTotpUser();
    await Promise.all(Array.from({ length: 99 }, () => guess(userId, wrong())));
    await expect(guess(userId, right())).resolves.toMatchObject({ outcome: 'max-attempts' });
  });

  test('by password compares no more than ten', async () => {
    const userId = await storePerson(database.connection, { services: withPassword });
    const digests = Array.from({ length: 100 }, (_, index) => index.toString(16).padStart(64, '0'));
    const verdicts = await Promise.all(digests.map((digest) => guess(userId, digest)));
    expect(countOutcomes(verdicts)).toEqual({ invalid: 10, 'max-attempts': 90 });
  });
});

test('of 50 wrong codes, one after the other, ten are looked at', async () => {
  const userId = await storeTotpUser();
  const counts: Record<string, number> = {};
  for (let code = 0; code < 50; code += 1) {
    const { outcome } = await guess(userId, wrong(), hosts[code % 2 === 0 ? 0 : 1]);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  expect(counts).toEqual({ invalid: 10, 'max-attempts': 40 });
  await expect(countAttempts(userId)).resolves.toBe(10);
});

test('of 50 wrong codes over HTTP, on two hosts at once, ten are looked at', async () => {
  await seedAdmin(database.connection);
  await storeSettings(database.connection, { API_Enable_Rate_Limiter: false });
  const apps = [createHost(database.connection).app, createHost(other).app];
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      request(apps[index % 2]!)
        .post('/api/v1/ldap.syncNow')
        .set(AUTH_HEADERS)
        .set({ 'x-2fa-method': 'password', 'x-2fa-code': index.toString(16).padStart(64, '0') }),
    ),
  );
  const types = answers.map(({ body }) => (body as { errorType: string }).errorType);
  expect(types.filter((type) => type === 'totp-invalid')).toHaveLength(10);
  expect(types.filter((type) => type === 'totp-max-attempts')).toHaveLength(40);
});

describe('the lock', () => {
  test('answers with the details of the contract, and a call without a code too', async () => {
    const userId = await storeTotpUser();
    await fail(userId, 10);
    const locked = {
      outcome: 'max-attempts',
      details: { method: 'totp', codeGenerated: false, availableMethods: ['totp'] },
    };
    await expect(guess(userId, right())).resolves.toEqual(locked);
    await expect(guess(userId, undefined)).resolves.toEqual(locked);
    await expect(guess(userId, '')).resolves.toEqual(locked);
  });

  test('is the same on the other host', async () => {
    const userId = await storeTotpUser();
    await fail(userId, 10);
    await expect(guess(userId, right(), hosts[1])).resolves.toMatchObject({ outcome: 'max-attempts' });
  });

  test('ends 15 minutes after the first failure, and the right code works at once', async () => {
    const userId = await storeTotpUser();
    await fail(userId, 1);
    setTime(after(14));
    await fail(userId, 9);
    setTime(new Date(Number(after(15)) - 1));
    await expect(guess(userId, right())).resolves.toMatchObject({ outcome: 'max-attempts' });
    setTime(after(15));
    await expect(guess(userId, right())).resolves.toEqual({ outcome: 'passed' });
  });

  test('is not prolonged by what is tried during it', async () => {
    const userId = await storeTotpUser();
    await fail(userId, 10);
    for (let minute = 1; minute < 15; minute += 1) {
      setTime(after(minute));
      await expect(guess(userId, wrong())).resolves.toMatchObject({ outcome: 'max-attempts' });
    }
    setTime(after(15));
    await expect(guess(userId, right())).resolves.toEqual({ outcome: 'passed' });
  });

  test('is one for all methods', async () => {
    const userId = await storePerson(database.connection, {
      emails: [verified('ada@host.example')],
      services: { ...withTotp, ...withEmail, ...withPassword },
    });
    await fail(userId, 10);
    await expect(hosts[0].verify(userId, { method: 'email' })).resolves.toMatchObject({
      outcome: 'max-attempts',
      details: { method: 'email' },
    });
    await expect(hosts[0].verify(userId, { code: '123456', method: 'email' })).resolves.toMatchObject({
      outcome: 'max-attempts',
    });
    expect(sink.mails).toHaveLength(0);
  });

  test("of one user is nobody else's", async () => {
    const userId = await storeTotpUser();
    await fail(userId, 10);
    await expect(guess(await storeTotpUser(), right())).resolves.toEqual({ outcome: 'passed' });
  });

  test('can be set tighter by the host', async () => {
    const userId = await storeTotpUser();
    const strict = createSecondFactorHost(database.connection, sink, {
      byToken: 2,
      byUser: 2,
      windowMs: MINUTE_MS,
    });
    await guess(userId, wrong(), strict);
    await guess(userId, wrong(), strict);
    await expect(guess(userId, right(), strict)).resolves.toMatchObject({ outcome: 'max-attempts' });
    strict.now = after(1);
    await expect(guess(userId, codeAt(strict.now), strict)).resolves.toEqual({ outcome: 'passed' });
  });
});

describe('a right code', () => {
  test('costs no attempt, however often it is given', async () => {
    const userId = await storePerson(database.connection, { services: withPassword });
    for (let time = 0; time < 15; time += 1)
      await expect(guess(userId, PASSWORD_DIGEST)).resolves.toEqual({ outcome: 'passed' });
    await expect(countAttempts(userId)).resolves.toBe(0);
  });

  test('does not buy whoever guesses another ten', async () => {
    const userId = await storeTotpUser();
    await fail(userId, 9);
    await expect(guess(userId, right(), hosts[1])).resolves.toEqual({ outcome: 'passed' });
    await fail(userId, 1);
    await expect(guess(userId, wrong())).resolves.toMatchObject({ outcome: 'max-attempts' });
  });

  test('does not start the window: the first failure does', async () => {
    const userId = await storeTotpUser();
    await expect(guess(userId, right())).resolves.toEqual({ outcome: 'passed' });
    setTime(after(10));
    await fail(userId, 10);
    setTime(after(16));
    await expect(guess(userId, right())).resolves.toMatchObject({ outcome: 'max-attempts' });
    setTime(after(25));
    await expect(guess(userId, right())).resolves.toEqual({ outcome: 'passed' });
  });

  test('replayed is refused, and is no guess: whoever clicks twice is not locked out', async () => {
    const userId = await storeTotpUser();
    const code = right();
    await guess(userId, code);
    for (let time = 0; time < 12; time += 1)
      await expect(guess(userId, code)).resolves.toMatchObject({ outcome: 'invalid' });
    await expect(countAttempts(userId)).resolves.toBe(0);
  });
});

test('a call without a code costs no attempt', async () => {
  const userId = await storeTotpUser();
  for (let time = 0; time < 20; time += 1)
    await expect(guess(userId, undefined)).resolves.toMatchObject({ outcome: 'required' });
  await expect(guess(userId, right())).resolves.toEqual({ outcome: 'passed' });
});

test('wrong e-mailed codes are counted with the others', async () => {
  const userId = await storePerson(database.connection, {
    emails: [verified('ada@host.example')],
    services: withEmail,
  });
  await guess(userId, undefined);
  for (let time = 0; time < 10; time += 1) await guess(userId, otherThan(mailedCode(sink)));
  await expect(guess(userId, mailedCode(sink))).resolves.toMatchObject({ outcome: 'max-attempts' });
});
