import bcrypt from 'bcryptjs';
import type { Connection } from 'mongoose';
import { createEmailCodes } from '../../../lib/auth/second-factor/email-code.js';
import { storeSettings } from '../../setup/host.js';
import { openConnection, openTestDatabase, type TestDatabase } from '../../setup/mongo.js';
import { openSmtpSink, type SmtpSink } from '../../setup/smtp-sink.js';
import {
  countOutcomes,
  createSecondFactorHost,
  mailedCode,
  NOON,
  otherThan,
  storePerson,
  verified,
  withEmail,
  type SecondFactorHost,
} from './second-factor-host.js';

let database: TestDatabase;
let other: Connection;
let sink: SmtpSink;
let host: SecondFactorHost;

beforeAll(async () => {
  database = await openTestDatabase();
  other = await openConnection(database.url);
});
beforeEach(async () => {
  sink = await openSmtpSink();
  host = createSecondFactorHost(database.connection, sink);
});
afterEach(async () => {
  await sink.close();
  await database.connection.collection('rocketchat_settings').deleteMany({});
});
afterAll(async () => {
  await other.close();
  await database.close();
});

const after = (ms: number) => new Date(Number(NOON) + ms);
const storeEmailUser = (services: object = {}, emails: unknown = [verified('ada@host.example')]) =>
  storePerson(database.connection, { emails, services: { ...withEmail, ...services } });

async function readStored(
  userId: string,
): Promise<{ code: string; expire: Date; attempts: number } | undefined> {
  return (await database.connection.collection('users').findOne({ _id: userId as never }))?.services
    .emailCode;
}

describe('the mail', () => {
  test('goes to every verified address, and only there', async () => {
    await host.verify(
      await storeEmailUser({}, [
        verified('a@host.example'),
        { address: 'b@host.example', verified: false },
        verified('c@host.example'),
      ]),
    );
    expect(sink.mails.flatMap(({ to }) => to).sort()).toEqual(['a@host.example', 'c@host.example']);
    for (const { source } of sink.mails) {
      expect(source).toMatch(/^Subject: Authentication code\r$/m);
      expect(source).toMatch(/\d{3}-\d{3}/);
    }
    expect(new Set(sink.mails.map(({ source }) => /code is: (\S+)/.exec(source)![1])).size).toBe(1);
  });

  test('says in its challenge the first verified address', async () => {
    const userId = await storeEmailUser({}, [
      { address: 'b@host.example', verified: false },
      verified('c@host.example'),
      verified('a@host.example'),
    ]);
    await expect(host.verify(userId)).resolves.toMatchObject({
      details: { emailOrUsername: 'c@host.example' },
    });
  });

  test('of one that cannot be reached leaves the others theirs', async () => {
    sink.refusals = { 'RCPT TO:<GONE@': '550 nobody here' };
    const userId = await storeEmailUser({}, [verified('gone@host.example'), verified('ada@host.example')]);
    await expect(host.verify(userId)).resolves.toMatchObject({
      outcome: 'required',
      details: { codeGenerated: true },
    });
    await expect(host.verify(userId, { code: mailedCode(sink) })).resolves.toEqual({ outcome: 'passed' });
  });
});

describe('the code', () => {
  test('is stored as Rocket.Chat stores it, and not in clear', async () => {
    const userId = await storeEmailUser();
    await host.verify(userId);
    const stored = await readStored(userId);
    expect(stored).toEqual({
      code: expect.stringMatching(/^\$2[aby]\$10\$/),
      expire: after(3_600_000),
      attempts: 0,
    });
    expect(bcrypt.compareSync(mailedCode(sink), stored!.code)).toBe(true);
  });

  test('that Rocket.Chat has mailed is good here', async () => {
    const userId = await storeEmailUser({
      emailCode: { code: bcrypt.hashSync('072814', 10), expire: after(1_000), attempts: 4 },
    });
    await expect(host.verify(userId, { code: '072-814' })).resolves.toEqual({ outcome: 'passed' });
  });

  test.each([
    ['with a dash', (code: string) => `${code.slice(0, 3)}-${code.slice(3)}`],
    ['with blanks', (code: string) => ` ${code.slice(0, 3)} ${code.slice(3)} `],
  ])('may be typed %s', async (_what, type) => {
    const userId = await storeEmailUser();
    await host.verify(userId);
    await expect(host.verify(userId, { code: type(mailedCode(sink)) })).resolves.toEqual({
      outcome: 'passed',
    });
  });

  test.each([
    ['a digit less', (code: string) => code.slice(1)],
    ['a digit more', (code: string) => `${code}0`],
    ['itself twice', (code: string) => code + code],
    ['more around it than anybody types', (code: string) => ' '.repeat(300) + code],
  ])('with %s is wrong', async (_what, type) => {
    const userId = await storeEmailUser();
    await host.verify(userId);
    await expect(host.verify(userId, { code: type(mailedCode(sink)) })).resolves.toMatchObject({
      outcome: 'invalid',
    });
  });

  test('lives as long as the setting says, and then another one is mailed', async () => {
    await storeSettings(database.connection, {
      Accounts_TwoFactorAuthentication_By_Email_Code_Expiration: 60,
    });
    const userId = await storeEmailUser();
    await host.verify(userId);
    const first = mailedCode(sink);
    host.now = after(60_000);
    await expect(host.verify(userId, { code: first })).resolves.toMatchObject({
      outcome: 'invalid',
      details: { codeGenerated: true },
    });
    expect(sink.mails).toHaveLength(2);
    await expect(host.verify(userId, { code: mailedCode(sink) })).resolves.toEqual({ outcome: 'passed' });
  });

  test.each([0, -1, 'soon'])('lives an hour when the setting is %p', async (seconds) => {
    await storeSettings(database.connection, {
      Accounts_TwoFactorAuthentication_By_Email_Code_Expiration: seconds,
    });
    const userId = await storeEmailUser();
    await host.verify(userId);
    await expect(readStored(userId)).resolves.toMatchObject({ expire: after(3_600_000) });
  });

  test('is mailed when one is supplied and none is there, and that one is wrong', async () => {
    const userId = await storeEmailUser();
    await expect(host.verify(userId, { code: '123456' })).resolves.toEqual({
      outcome: 'invalid',
      details: {
        method: 'email',
        codeGenerated: true,
        emailOrUsername: 'ada@host.example',
        availableMethods: ['email'],
      },
    });
    await expect(host.verify(userId, { code: mailedCode(sink) })).resolves.toEqual({ outcome: 'passed' });
  });

  test.each([
    ['a list, as older servers kept', [{ code: 'x', expire: NOON }]],
    ['an empty list', []],
    ['null', null],
    ['a text', 'x'],
    ['without a code', { expire: NOON, attempts: 0 }],
    ['without an expiry', { code: 'x', attempts: 0 }],
    ['without attempts', { code: 'x', expire: after(1_000) }],
    ['with attempts that are no number', { code: 'x', expire: after(1_000), attempts: 'none' }],
    ['with a code that is no text', { code: { $ne: null }, expire: after(1_000), attempts: 0 }],
  ])('that is stored as %s is replaced by a good one', async (_what, emailCode) => {
    const userId = await storeEmailUser({ emailCode });
    await expect(host.verify(userId)).resolves.toMatchObject({ details: { codeGenerated: true } });
    await expect(host.verify(userId, { code: mailedCode(sink) })).resolves.toEqual({ outcome: 'passed' });
  });
});

describe('wrong codes', () => {
  test('the fifth answers max-attempts, the next call gets a fresh code, and the old one is worth nothing', async () => {
    const userId = await storeEmailUser();
    await host.verify(userId);
    const first = mailedCode(sink);
    for (let time = 1; time <= 4; time += 1) {
      await expect(host.verify(userId, { code: otherThan(first) })).resolves.toMatchObject({
        outcome: 'invalid',
        details: { codeGenerated: false },
      });
      await expect(readStored(userId)).resolves.toMatchObject({ attempts: time });
    }
    await expect(host.verify(userId, { code: otherThan(first) })).resolves.toMatchObject({
      outcome: 'max-attempts',
    });
    await expect(host.verify(userId, { code: first })).resolves.toMatchObject({
      outcome: 'invalid',
      details: { codeGenerated: true },
    });
    await expect(readStored(userId)).resolves.toMatchObject({ attempts: 0 });
    await expect(host.verify(userId, { code: mailedCode(sink) })).resolves.toEqual({ outcome: 'passed' });
  });

  test('are as many as the setting says', async () => {
    await storeSettings(database.connection, {
      Accounts_TwoFactorAuthentication_Max_Invalid_Email_Code_Attempts: 1,
    });
    const userId = await storeEmailUser();
    await host.verify(userId);
    await expect(host.verify(userId, { code: otherThan(mailedCode(sink)) })).resolves.toMatchObject({
      outcome: 'max-attempts',
    });
    await expect(host.verify(userId)).resolves.toMatchObject({
      outcome: 'required',
      details: { codeGenerated: true },
    });
    await expect(host.verify(userId, { code: mailedCode(sink) })).resolves.toEqual({ outcome: 'passed' });
  });

  test('at once get no more looks at a code than it has attempts', async () => {
    const userId = await storeEmailUser();
    await host.verify(userId);
    const stored = (await readStored(userId))!;
    const codes = [createEmailCodes(database.connection), createEmailCodes(other)];
    const taken = await Promise.all(
      Array.from({ length: 30 }, (_, index) => codes[index % 2]!.takeAttempt(userId, stored, 5)),
    );
    expect(taken.filter(Boolean)).toHaveLength(5);
    await expect(readStored(userId)).resolves.toMatchObject({ attempts: 5 });
  });
});

describe('two hosts at once', () => {
  test('mail one code, which works', async () => {
    const hosts = [host, createSecondFactorHost(other, sink)];
    for (const emailCode of [undefined, { code: bcrypt.hashSync('072814', 4), expire: NOON, attempts: 0 }]) {
      sink.mails.length = 0;
      const userId = await storeEmailUser(emailCode ? { emailCode } : {});
      const verdicts = await Promise.all(
        Array.from({ length: 6 }, (_, index) => hosts[index % 2]!.verify(userId)),
      );
      expect(countOutcomes(verdicts)).toEqual({ required: 6 });
      expect(sink.mails).toHaveLength(1);
      await expect(host.verify(userId, { code: mailedCode(sink) })).resolves.toEqual({ outcome: 'passed' });
    }
  });
});
