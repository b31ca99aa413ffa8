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
  type SecondFactorHost,
} from './second-factor-host.js';

const MINUTE_MS = 60_000;

let database: TestDatabase;
let sink: SmtpSink;
let host: SecondFactorHost;

beforeAll(async () => {
  database = await openTestDatabase();
  sink = await openSmtpSink();
});
beforeEach(() => {
  host = createSecondFactorHost(database.connection, sink);
});
afterAll(async () => {
  await sink.close();
  await database.close();
});

const guess = (userId: string, code: unknown, by = host) => by.verify(userId, { code });
const right = () => codeAt(NOON);

async function countFailures(userId: string): Promise<unknown> {
  const state = await database.connection
    .collection('ldap_sync_second_factor')
    .findOne({ _id: userId as never });
  return state?.attempts.length;
}

describe('a malformed code', () => {
  const malformed: readonly unknown[] = [
    ['072814'],
    [],
    {},
    { $ne: null },
    { length: 6 },
    0,
    72814,
    true,
    null,
    Symbol('x'),
    '072814x',
    '+72814',
    '072814, 072814',
    ' ',
    '\0',
    'x'.repeat(5_000_000),
    '123456'.repeat(100),
    '٠٧٢٨١٤',
    '$where',
    '__proto__',
  ];

  test('is invalid and counted, never a crash, by each method', async () => {
    const people = [
      { services: withTotp },
      { services: withPassword },
      { emails: [verified('ada@host.example')], services: withEmail },
    ];
    for (const person of people) {
      const userId = await storePerson(database.connection, person);
      const patient = createSecondFactorHost(database.connection, sink, {
        byToken: 1_000,
        byUser: 1_000,
        windowMs: MINUTE_MS,
      });
      for (const code of malformed) {
        const { outcome } = await guess(userId, code, patient);
        expect(['invalid', 'max-attempts']).toContain(outcome);
      }
      await expect(countFailures(userId)).resolves.toBe(malformed.length);
    }
  });

  test('of half a right one, twice, is wrong', async () => {
    const userId = await storePerson(database.connection, {
      emails: [verified('ada@host.example')],
      services: withEmail,
    });
    await guess(userId, undefined);
    const code = mailedCode(sink);
    await expect(guess(userId, `${code.slice(0, 3)}, ${code.slice(3)}`)).resolves.toMatchObject({
      outcome: 'invalid',
    });
  });
});

describe('a damaged user', () => {
  test.each([
    ['a secret that is not one', { totp: { enabled: true, secret: { $ne: null } } }],
    ['no secret', { totp: { enabled: true } }],
    ['an empty secret', { totp: { enabled: true, secret: '' } }],
    ['a password that is not bcrypt', { password: { bcrypt: PASSWORD_DIGEST } }],
    ['a password that looks like bcrypt', { password: { bcrypt: `$2b$10$${'!'.repeat(53)}` } }],
    ['a password of 60 characters', { password: { bcrypt: 'x'.repeat(60) } }],
    ['a password that is a list', { password: { bcrypt: [withPassword.password.bcrypt] } }],
    ['services that are null', { totp: null, email2fa: null, password: null }],
  ])('with %s is never let in, and does not crash', async (_what, services) => {
    const userId = await storePerson(database.connection, { services });
    for (const code of [right(), PASSWORD_DIGEST, codeAt(NOON, Buffer.alloc(0))]) {
      await expect(guess(userId, code)).resolves.toMatchObject({ outcome: 'invalid' });
    }
  });
});

test('a database that fails is an error, not a verdict', async () => {
  const own = await openTestDatabase();
  const lost = createSecondFactorHost(own.connection);
  const userId = await storePerson(own.connection, { services: withTotp });
  await own.connection.dropDatabase();
  await own.connection.getClient().close();
  await expect(guess(userId, right(), lost)).rejects.toThrow();
});
