import type { Connection } from 'mongoose';
import { storeSettings } from '../../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../../setup/mongo.js';
import { openSmtpSink, type SmtpSink } from '../../setup/smtp-sink.js';
import {
  codeAt,
  createSecondFactorHost,
  mailedCode,
  NOON,
  PASSWORD_DIGEST,
  storePerson,
  verified,
  withEmail,
  withPassword,
  withTotp,
  type Person,
  type SecondFactorHost,
} from './second-factor-host.js';

let database: TestDatabase;
let connection: Connection;
let sink: SmtpSink;
let host: SecondFactorHost;

beforeAll(async () => {
  database = await openTestDatabase();
  connection = database.connection;
  sink = await openSmtpSink();
});
beforeEach(() => {
  host = createSecondFactorHost(connection, sink);
});
afterEach(async () => {
  sink.mails.length = 0;
  await connection.collection('rocketchat_settings').deleteMany({});
});
afterAll(async () => {
  await sink.close();
  await database.close();
});

const ada = [verified('ada@host.example')];
const ALL = { emails: ada, services: { ...withTotp, ...withEmail, ...withPassword } };

/** The challenge of a call without a code. */
async function challenge(person: Person, method?: unknown) {
  const verdict = await host.verify(await storePerson(connection, person), { method });
  expect(verdict.outcome).toBe('required');
  return 'details' in verdict ? verdict.details : undefined;
}

describe('the details of a challenge', () => {
  test('by password are exactly those of the contract', async () => {
    await expect(challenge({ services: withPassword })).resolves.toEqual({
      method: 'password',
      codeGenerated: false,
      availableMethods: [],
    });
  });

  test('by TOTP are exactly those of the contract', async () => {
    await expect(challenge({ services: withTotp })).resolves.toEqual({
      method: 'totp',
      codeGenerated: false,
      availableMethods: ['totp'],
    });
  });

  test('by e-mail are exactly those of the contract, for a new code and for one that is still good', async () => {
    const userId = await storePerson(connection, { emails: ada, services: withEmail });
    await expect(host.verify(userId)).resolves.toEqual({
      outcome: 'required',
      details: {
        method: 'email',
        codeGenerated: true,
        emailOrUsername: 'ada@host.example',
        availableMethods: ['email'],
      },
    });
    host.now = new Date(Number(NOON) + 3_599_000);
    await expect(host.verify(userId)).resolves.toEqual({
      outcome: 'required',
      details: {
        method: 'email',
        codeGenerated: false,
        codeExpires: '2026-11-24T13:00:00.000Z',
        availableMethods: ['email'],
      },
    });
    expect(sink.mails).toHaveLength(1);
  });
});

describe('the method', () => {
  test.each([
    ['totp', 'totp'],
    ['email', 'email'],
    ['password', 'totp'],
    [undefined, 'totp'],
    ['', 'totp'],
    ['EMAIL', 'totp'],
    ['sms', 'totp'],
    ['__proto__', 'totp'],
    ['email, email', 'totp'],
    [['email'], 'totp'],
    [{ $ne: null }, 'totp'],
  ])('asked for as %p is %s for a user who has all', async (asked, method) => {
    await expect(challenge(ALL, asked)).resolves.toMatchObject({
      method,
      availableMethods: ['totp', 'email'],
    });
  });

  test('is the password for a user with neither, whatever is asked for', async () => {
    for (const asked of ['totp', 'email', 'password', undefined]) {
      await expect(challenge({ emails: ada, services: withPassword }, asked)).resolves.toMatchObject({
        method: 'password',
        availableMethods: [],
      });
    }
    expect(sink.mails).toHaveLength(0);
  });

  test('is the password even for a user who has none, or does not exist: never nothing', async () => {
    await expect(challenge({})).resolves.toMatchObject({ method: 'password' });
    await expect(host.verify('nobody')).resolves.toMatchObject({
      outcome: 'required',
      details: { method: 'password' },
    });
    await expect(host.verify('nobody', { code: PASSWORD_DIGEST })).resolves.toMatchObject({
      outcome: 'invalid',
    });
  });

  test('that is enabled for nobody leaves the next one', async () => {
    await storeSettings(connection, { Accounts_TwoFactorAuthentication_By_TOTP_Enabled: false });
    await expect(challenge(ALL, 'totp')).resolves.toMatchObject({
      method: 'email',
      availableMethods: ['email'],
    });
    await storeSettings(connection, { Accounts_TwoFactorAuthentication_By_Email_Enabled: false });
    await expect(challenge(ALL, 'email')).resolves.toMatchObject({
      method: 'password',
      availableMethods: [],
    });
  });

  test('that the user began to set up but never enabled does not count', async () => {
    const services = {
      totp: { enabled: false, tempSecret: 'X', secret: withTotp.totp.secret },
      email2fa: { enabled: false },
      ...withPassword,
    };
    await expect(challenge({ emails: ada, services }, 'totp')).resolves.toMatchObject({
      method: 'password',
      availableMethods: [],
    });
  });
});

describe('e-mail', () => {
  test.each([
    ['no address', undefined],
    ['an unverified address', [{ address: 'ada@host.example', verified: false }]],
    ['an address that is verified only somehow', [{ address: 'ada@host.example', verified: 'yes' }]],
    ['damaged addresses', [null, 'ada@host.example', { verified: true }, { address: 7, verified: true }]],
    ['addresses that are no list', { address: 'ada@host.example', verified: true }],
  ])('is not there for a user with %s', async (_what, emails) => {
    await expect(
      challenge({ emails, services: { ...withEmail, ...withPassword } }, 'email'),
    ).resolves.toMatchObject({ method: 'password' });
    expect(sink.mails).toHaveLength(0);
  });

  test('is there for a user who signs in through others only while the setting says so', async () => {
    const others = [
      { google: { accessToken: 'x' } },
      { ldap: { id: '00', idAttribute: 'entryUUID' } },
      { saml: { idpSession: 'x' } },
    ].map((service) => ({ ...withEmail, ...withPassword, ...service }));
    for (const services of others)
      await expect(challenge({ emails: ada, services })).resolves.toMatchObject({ method: 'email' });
    await storeSettings(connection, {
      Accounts_twoFactorAuthentication_email_available_for_OAuth_users: false,
    });
    for (const services of others)
      await expect(challenge({ emails: ada, services })).resolves.toMatchObject({ method: 'password' });
    const own = { ...withEmail, ...withPassword };
    await expect(challenge({ emails: ada, services: own })).resolves.toMatchObject({ method: 'email' });
  });
});

describe('with Accounts_TwoFactorAuthentication_Enabled off', () => {
  test('the password is demanded, and nothing else will do', async () => {
    await storeSettings(connection, { Accounts_TwoFactorAuthentication_Enabled: false });
    await expect(challenge(ALL, 'totp')).resolves.toEqual({
      method: 'password',
      codeGenerated: false,
      availableMethods: [],
    });
    const userId = await storePerson(connection, ALL);
    await expect(host.verify(userId, { code: codeAt(NOON), method: 'totp' })).resolves.toMatchObject({
      outcome: 'invalid',
    });
    await expect(host.verify(userId, { code: PASSWORD_DIGEST, method: 'totp' })).resolves.toEqual({
      outcome: 'passed',
    });
  });
});

describe('a second factor is demanded although', () => {
  test.each([
    ['the token may bypass it', { hashedToken: 'x', type: 'personalAccessToken', bypassTwoFactor: true }],
    [
      'the device was remembered',
      {
        hashedToken: 'x',
        when: NOON,
        twoFactorAuthorizedUntil: new Date('2099-01-01'),
        twoFactorAuthorizedHash: 'y',
      },
    ],
  ])('%s', async (_what, token) => {
    await expect(
      challenge({ services: { ...withTotp, resume: { loginTokens: [token] } } }),
    ).resolves.toMatchObject({ method: 'totp' });
  });
});

describe('the right code', () => {
  test('passes by each method, named or not', async () => {
    const totp = await storePerson(connection, { services: withTotp });
    await expect(host.verify(totp, { code: codeAt(NOON) })).resolves.toEqual({ outcome: 'passed' });
    const password = await storePerson(connection, { services: withPassword });
    await expect(
      host.verify(password, { code: PASSWORD_DIGEST.toUpperCase(), method: 'password' }),
    ).resolves.toEqual({ outcome: 'passed' });
    const email = await storePerson(connection, ALL);
    await host.verify(email, { method: 'email' });
    await expect(host.verify(email, { code: mailedCode(sink), method: 'email' })).resolves.toEqual({
      outcome: 'passed',
    });
  });

  test('of one method is wrong for another', async () => {
    const userId = await storePerson(connection, ALL);
    await host.verify(userId, { method: 'email' });
    await expect(host.verify(userId, { code: mailedCode(sink), method: 'totp' })).resolves.toMatchObject({
      outcome: 'invalid',
    });
    await expect(host.verify(userId, { code: codeAt(NOON), method: 'email' })).resolves.toMatchObject({
      outcome: 'invalid',
    });
    await expect(host.verify(userId, { code: PASSWORD_DIGEST, method: 'password' })).resolves.toMatchObject({
      outcome: 'invalid',
    });
  });
});
