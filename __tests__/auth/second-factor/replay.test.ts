import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import { openConnection, openTestDatabase, type TestDatabase } from '../../setup/mongo.js';
import { openSmtpSink, type SmtpSink } from '../../setup/smtp-sink.js';
import {
  codeAt,
  countOutcomes,
  createSecondFactorHost,
  mailedCode,
  NOON,
  SECRET,
  STEP_MS,
  storePerson,
  verified,
  withEmail,
  withTotp,
  type SecondFactorHost,
} from './second-factor-host.js';

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
  hosts = [createSecondFactorHost(database.connection, sink), createSecondFactorHost(other, sink)];
});
afterAll(async () => {
  await sink.close();
  await other.close();
  await database.close();
});

const at = (steps: number) => new Date(Number(NOON) + steps * STEP_MS);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Gives one code to both hosts, in turns, all at once. */
const atOnce = (userId: string, code: string, times: number, method = 'totp') =>
  Promise.all(
    Array.from({ length: times }, (_, index) =>
      hosts[index % 2 === 0 ? 0 : 1].verify(userId, { code, method }),
    ),
  );

describe('a TOTP code that was used', () => {
  test('is refused in the rest of its window, on the same host and on another', async () => {
    const userId = await storePerson(database.connection, { services: withTotp });
    await expect(hosts[0].verify(userId, { code: codeAt(NOON) })).resolves.toEqual({ outcome: 'passed' });
    for (const host of hosts) {
      await expect(host.verify(userId, { code: codeAt(NOON) })).resolves.toMatchObject({
        outcome: 'invalid',
      });
      host.now = at(1);
      await expect(host.verify(userId, { code: codeAt(NOON) })).resolves.toMatchObject({
        outcome: 'invalid',
      });
    }
  });

  test('takes the earlier codes of the window with it, and leaves the later ones', async () => {
    const userId = await storePerson(database.connection, { services: withTotp });
    await expect(hosts[0].verify(userId, { code: codeAt(NOON) })).resolves.toEqual({ outcome: 'passed' });
    await expect(hosts[1].verify(userId, { code: codeAt(at(-1)) })).resolves.toMatchObject({
      outcome: 'invalid',
    });
    await expect(hosts[1].verify(userId, { code: codeAt(at(1)) })).resolves.toEqual({ outcome: 'passed' });
  });

  test('by one user is still good for another user with the same secret', async () => {
    const [first, second] = [
      await storePerson(database.connection, { services: withTotp }),
      await storePerson(database.connection, { services: withTotp }),
    ];
    await expect(hosts[0].verify(first, { code: codeAt(NOON) })).resolves.toEqual({ outcome: 'passed' });
    await expect(hosts[0].verify(second, { code: codeAt(NOON) })).resolves.toEqual({ outcome: 'passed' });
  });

  test('at two hosts at once passes at exactly one, also the very first time', async () => {
    for (let round = 0; round < 10; round += 1) {
      const userId = await storePerson(database.connection, { services: withTotp });
      expect(countOutcomes(await atOnce(userId, codeAt(NOON), 8))).toEqual({ passed: 1, invalid: 7 });
    }
  });
});

describe('a backup code', () => {
  const withBackup = {
    totp: { enabled: true, secret: SECRET, hashedBackup: [sha256('aB3dEfGh'), sha256('zzzzzzz9')] },
  };

  test('passes once, and is removed', async () => {
    const userId = await storePerson(database.connection, { services: withBackup });
    await expect(hosts[0].verify(userId, { code: 'aB3dEfGh' })).resolves.toEqual({ outcome: 'passed' });
    await expect(hosts[1].verify(userId, { code: 'aB3dEfGh' })).resolves.toMatchObject({
      outcome: 'invalid',
    });
    const user = await database.connection.collection('users').findOne({ _id: userId as never });
    expect(user?.services.totp).toEqual({
      enabled: true,
      secret: SECRET,
      hashedBackup: [sha256('zzzzzzz9')],
    });
  });

  test('at two hosts at once passes at exactly one', async () => {
    for (let round = 0; round < 10; round += 1) {
      const userId = await storePerson(database.connection, { services: withBackup });
      expect(countOutcomes(await atOnce(userId, 'aB3dEfGh', 6))).toEqual({ passed: 1, invalid: 5 });
    }
  });

  test.each(['ab3defgh', 'aB3dEfG', 'aB3dEfGh ', 'aB3dEfGx', sha256('aB3dEfGh')])(
    'spelt %p is another one',
    async (code) => {
      const userId = await storePerson(database.connection, { services: withBackup });
      await expect(hosts[0].verify(userId, { code })).resolves.toMatchObject({ outcome: 'invalid' });
    },
  );

  test('of another user is wrong', async () => {
    await storePerson(database.connection, { services: withBackup });
    const userId = await storePerson(database.connection, { services: withTotp });
    await expect(hosts[0].verify(userId, { code: 'aB3dEfGh' })).resolves.toMatchObject({
      outcome: 'invalid',
    });
  });

  test('is wrong for a user whose list of them is missing', async () => {
    const userId = await storePerson(database.connection, {
      services: { totp: { enabled: true, secret: SECRET } },
    });
    await expect(hosts[0].verify(userId, { code: 'aB3dEfGh' })).resolves.toMatchObject({
      outcome: 'invalid',
    });
  });
});

describe('an e-mailed code', () => {
  const emailUser = { emails: [verified('ada@host.example')], services: withEmail };

  test('passes once, and is removed', async () => {
    const userId = await storePerson(database.connection, emailUser);
    await hosts[0].verify(userId);
    const code = mailedCode(sink);
    await expect(hosts[1].verify(userId, { code })).resolves.toEqual({ outcome: 'passed' });
    const user = await database.connection.collection('users').findOne({ _id: userId as never });
    expect(user?.services).not.toHaveProperty('emailCode');
    await expect(hosts[0].verify(userId, { code })).resolves.toMatchObject({
      outcome: 'invalid',
      details: { codeGenerated: true },
    });
  });

  test('at two hosts at once passes at exactly one', async () => {
    for (let round = 0; round < 3; round += 1) {
      const userId = await storePerson(database.connection, emailUser);
      await hosts[0].verify(userId);
      expect(countOutcomes(await atOnce(userId, mailedCode(sink), 4, 'email'))).toEqual({
        passed: 1,
        invalid: 3,
      });
    }
  });
});
