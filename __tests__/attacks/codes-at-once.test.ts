import type { Connection } from 'mongoose';
import {
  codeAt,
  countOutcomes,
  createSecondFactorHost,
  NOON,
  PASSWORD_DIGEST,
  STEP_MS,
  storePerson,
  withPassword,
  withTotp,
  wrongCodeAt,
  type SecondFactorHost,
} from '../auth/second-factor/second-factor-host.js';
import { openConnection, openTestDatabase, type TestDatabase } from '../setup/mongo.js';

const WRONG = 'f'.repeat(64);

let database: TestDatabase;
let other: Connection;
let hosts: readonly [SecondFactorHost, SecondFactorHost];

beforeAll(async () => {
  database = await openTestDatabase();
  other = await openConnection(database.url);
});
beforeEach(() => {
  hosts = [createSecondFactorHost(database.connection), createSecondFactorHost(other)];
});
afterAll(async () => {
  await other.close();
  await database.close();
});

/** All at once, in turns on both hosts. */
const atOnce = (userId: string, codes: readonly string[], tokenId?: string) =>
  Promise.all(
    codes.map((code, index) =>
      hosts[index % 2 === 0 ? 0 : 1].verify(userId, { code, ...(tokenId ? { tokenId } : {}) }),
    ),
  );
const times = (count: number, code: string) => Array.from({ length: count }, () => code);
const states = () => database.connection.collection('ldap_sync_second_factor');

async function countAttempts(userId: string): Promise<unknown> {
  return (await states().findOne({ _id: userId as never }))?.attempts.length;
}

const anAttempt = (fields: object) => ({
  _id: Math.random().toString(36),
  token: '',
  isOpen: false,
  ...fields,
});

describe('right password codes at once', () => {
  test('all pass, 200 of them on two hosts, and none counts as a failure', async () => {
    const userId = await storePerson(database.connection, { services: withPassword });
    expect(countOutcomes(await atOnce(userId, times(200, PASSWORD_DIGEST)))).toEqual({ passed: 200 });
    expect(await countAttempts(userId)).toBe(0);
  });

  test('all pass when a single attempt is left', async () => {
    const userId = await storePerson(database.connection, { services: withPassword });
    await atOnce(userId, times(9, WRONG));
    expect(countOutcomes(await atOnce(userId, times(30, PASSWORD_DIGEST)))).toEqual({ passed: 30 });
  });

  test('by several tokens all pass when a single attempt of the user is left', async () => {
    const userId = await storePerson(database.connection, { services: withPassword });
    const attempts = Array.from({ length: 29 }, (_, index) => anAttempt({ token: `t${index}`, at: NOON }));
    await states().insertOne({ _id: userId as never, version: 1, attempts: attempts });
    const verdicts = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        hosts[index % 2 === 0 ? 0 : 1].verify(userId, { code: PASSWORD_DIGEST, tokenId: `of ${index}` }),
      ),
    );
    expect(countOutcomes(verdicts)).toEqual({ passed: 12 });
  });
});

describe('wrong codes at once', () => {
  test('are looked at ten times by one token on two hosts, however many come', async () => {
    const userId = await storePerson(database.connection, { services: withPassword });
    expect(countOutcomes(await atOnce(userId, times(60, WRONG), 'stolen'))).toEqual({
      invalid: 10,
      'max-attempts': 50,
    });
  });

  test('are looked at thirty times by six tokens', async () => {
    const userId = await storePerson(database.connection, { services: withPassword });
    const verdicts = await Promise.all(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((tokenId) => atOnce(userId, times(12, WRONG), tokenId)),
    );
    expect(countOutcomes(verdicts.flat())).toEqual({ invalid: 30, 'max-attempts': 42 });
  });
});

describe('one right TOTP code, 60 times at once', () => {
  test('passes once; the others are refused, and are no guesses', async () => {
    const userId = await storePerson(database.connection, { services: withTotp });
    expect(countOutcomes(await atOnce(userId, times(60, codeAt(NOON))))).toEqual({ passed: 1, invalid: 59 });
    expect(await countAttempts(userId)).toBe(0);
    const next = codeAt(Number(NOON) + STEP_MS);
    expect(countOutcomes(await atOnce(userId, [next]))).toEqual({ passed: 1 });
  });
});

describe('a host that died while it looked at codes', () => {
  const leave = async (at: Date) => {
    const userId = await storePerson(database.connection, { services: withTotp });
    const attempts = Array.from({ length: 10 }, () => anAttempt({ at, isOpen: true }));
    await states().insertOne({ _id: userId as never, version: 1, attempts: attempts });
    return userId;
  };

  test('leaves its attempts taken: nobody waits for them, and nobody gets them again', async () => {
    const userId = await leave(new Date(Number(NOON) - 60_000));
    expect(countOutcomes(await atOnce(userId, [codeAt(NOON)]))).toEqual({ 'max-attempts': 1 });
  });

  test('leaves nothing behind once the window is over', async () => {
    const userId = await leave(new Date(Number(NOON) - 15 * 60_000));
    expect(countOutcomes(await atOnce(userId, [codeAt(NOON)]))).toEqual({ passed: 1 });
  });

  test('keeps others waiting only for as long as it may still answer', async () => {
    const userId = await leave(NOON);
    const waiting = hosts[0].verify(userId, { code: codeAt(NOON) });
    // The other host answers: its codes were right.
    await states().updateOne({ _id: userId as never }, { $set: { attempts: [], version: 2 } });
    await expect(waiting).resolves.toEqual({ outcome: 'passed' });
  });
});

test('more codes than may wait are told to come back, and the wrong ones among them are not looked at', async () => {
  const userId = await storePerson(database.connection, { services: withTotp });
  const verdicts = await Promise.all(
    Array.from({ length: 300 }, () => hosts[0].verify(userId, { code: wrongCodeAt(NOON) })),
  );
  const counts = countOutcomes(verdicts);
  expect(counts.invalid).toBe(10);
  expect(counts['max-attempts']! + (counts.busy ?? 0)).toBe(290);
});
