import bcrypt from 'bcryptjs';
import request from 'supertest';
import {
  codeAt,
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
import { ADMIN, AUTH_HEADERS, createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { openSmtpSink, type SmtpSink } from '../setup/smtp-sink.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const OWN = { tokenId: 'own' };
const STOLEN = { tokenId: 'stolen' };
const NOTICE = 'Subject: Too many wrong authentication codes';

let database: TestDatabase;
let sink: SmtpSink;
let hosts: readonly [SecondFactorHost, SecondFactorHost];

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  sink = await openSmtpSink();
  hosts = [
    createSecondFactorHost(database.connection, sink),
    createSecondFactorHost(database.connection, sink),
  ];
});
afterEach(() => sink.close());
afterAll(() => database.close());

const setTime = (ms: number) => hosts.forEach((host) => (host.now = new Date(Number(NOON) + ms)));
const addresses = Array.from({ length: 10 }, (_, index) => verified(`ada${index}@host.example`));
const storeEmailUser = () => storePerson(database.connection, { emails: addresses, services: withEmail });
const codeMails = () => sink.mails.filter(({ source }) => source.includes('Subject: Authentication code'));
const notices = () => sink.mails.filter(({ source }) => source.includes(NOTICE));

/** All that whoever has the token can think of, on both hosts, from many addresses. */
async function attack(userId: string, calls: number, tokenId = 'stolen'): Promise<void> {
  for (let index = 0; index < calls; index += 1) {
    const host = hosts[index % 2]!;
    const code = index % 2 === 0 ? undefined : '000000';
    await host.verify(userId, { code, method: 'email', tokenId, address: `192.0.2.${index % 200}` });
  }
}

async function waitForNotices(count: number): Promise<void> {
  while (notices().length < count) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('the codes that a stolen token has mailed', () => {
  test('are two an hour at most, over all hosts and addresses', async () => {
    const userId = await storeEmailUser();
    for (const minutes of [0, 16, 32, 48]) {
      setTime(minutes * MINUTE_MS);
      await attack(userId, 24);
    }
    expect(codeMails()).toHaveLength(2 * addresses.length);
  });

  test('are six an hour with any number of stolen tokens', async () => {
    const userId = await storeEmailUser();
    for (const tokenId of ['a', 'b', 'c', 'd', 'e']) await attack(userId, 24, tokenId);
    expect(codeMails().length).toBeLessThanOrEqual(6 * addresses.length);
  });

  test('leave the user theirs: the next one is mailed, and works', async () => {
    const userId = await storeEmailUser();
    await attack(userId, 24);
    await expect(hosts[0].verify(userId, { method: 'email', ...OWN })).resolves.toMatchObject({
      outcome: 'required',
      details: { codeGenerated: true },
    });
    const code = codeMails().at(-1)!;
    const digits = /code is: (\d{3})-(\d{3})/.exec(code.source)!.slice(1).join('');
    await expect(hosts[1].verify(userId, { code: digits, ...OWN })).resolves.toEqual({ outcome: 'passed' });
  });

  test('count no more once they were used: as many as are used may be mailed', async () => {
    const userId = await storeEmailUser();
    for (let time = 0; time < 8; time += 1) {
      await hosts[0].verify(userId, OWN);
      await expect(hosts[0].verify(userId, { code: mailedCode(sink), ...OWN })).resolves.toEqual({
        outcome: 'passed',
      });
    }
  });
});

describe('the code that the user was mailed', () => {
  test('is not replaced by a stolen token that asks for codes', async () => {
    const userId = await storeEmailUser();
    await hosts[0].verify(userId, OWN);
    const code = mailedCode(sink);
    for (let time = 0; time < 5; time += 1)
      await expect(hosts[1].verify(userId, STOLEN)).resolves.toMatchObject({
        details: { codeGenerated: false, codeExpires: expect.any(String) },
      });
    await expect(hosts[0].verify(userId, { code, ...OWN })).resolves.toEqual({ outcome: 'passed' });
  });

  test('survives the wrong guesses of a stolen token, which gets five of them', async () => {
    const userId = await storeEmailUser();
    await hosts[0].verify(userId, OWN);
    const code = mailedCode(sink);
    const outcomes: string[] = [];
    for (let time = 0; time < 12; time += 1)
      outcomes.push((await hosts[1].verify(userId, { code: otherThan(code), ...STOLEN })).outcome);
    expect(outcomes.slice(0, 4)).toEqual(['invalid', 'invalid', 'invalid', 'invalid']);
    expect(new Set(outcomes.slice(4))).toEqual(new Set(['max-attempts']));
    // Nor does the right one help it now.
    await expect(hosts[1].verify(userId, { code, ...STOLEN })).resolves.toMatchObject({
      outcome: 'max-attempts',
    });
    await expect(hosts[0].verify(userId, { code, ...OWN })).resolves.toEqual({ outcome: 'passed' });
  });

  test('by Rocket.Chat survives them too', async () => {
    const emailCode = {
      code: bcrypt.hashSync('072814', 4),
      expire: new Date(Number(NOON) + HOUR_MS),
      attempts: 0,
    };
    const userId = await storePerson(database.connection, {
      emails: addresses,
      services: { ...withEmail, emailCode },
    });
    for (let time = 0; time < 8; time += 1) await hosts[1].verify(userId, { code: '000000', ...STOLEN });
    await expect(hosts[0].verify(userId, { code: '072814', ...OWN })).resolves.toEqual({ outcome: 'passed' });
    expect(codeMails()).toHaveLength(0);
  });
});

describe('the wrong codes of a stolen token', () => {
  test('lock itself out, and not the user', async () => {
    const userId = await storePerson(database.connection, { services: withTotp });
    for (let time = 0; time < 12; time += 1)
      await hosts[time % 2]!.verify(userId, { code: wrongCodeAt(NOON), ...STOLEN });
    await expect(hosts[0].verify(userId, { code: codeAt(NOON), ...STOLEN })).resolves.toMatchObject({
      outcome: 'max-attempts',
    });
    await expect(hosts[1].verify(userId, { code: codeAt(NOON), ...OWN })).resolves.toEqual({
      outcome: 'passed',
    });
  });

  test('are thirty with any number of stolen tokens', async () => {
    const userId = await storePerson(database.connection, { services: withTotp });
    let lookedAt = 0;
    for (const tokenId of ['a', 'b', 'c', 'd', 'e']) {
      for (let time = 0; time < 12; time += 1) {
        const { outcome } = await hosts[0].verify(userId, { code: wrongCodeAt(NOON), tokenId });
        if (outcome === 'invalid') lookedAt += 1;
      }
    }
    expect(lookedAt).toBe(30);
  });

  test('are counted by user where the sign-in of the host tells no token', async () => {
    const userId = await storePerson(database.connection, { services: withTotp });
    for (let time = 0; time < 10; time += 1) await hosts[0].verify(userId, { code: wrongCodeAt(NOON) });
    await expect(hosts[0].verify(userId, { code: codeAt(NOON) })).resolves.toMatchObject({
      outcome: 'max-attempts',
    });
  });
});

describe('the user', () => {
  const fail = async (userId: string, input: object = STOLEN) => {
    for (let time = 0; time < 10; time += 1)
      await hosts[time % 2]!.verify(userId, { code: WRONG, address: '203.0.113.9', ...input });
  };
  const WRONG = 'f'.repeat(64);
  const store = () =>
    storePerson(database.connection, {
      emails: [verified('ada@host.example'), { address: 'not@host.example', verified: false }],
      services: withPassword,
    });

  test('is mailed once an hour that it happened: who, when, and from where, and no secret', async () => {
    const userId = await store();
    await fail(userId);
    await waitForNotices(1);
    const [{ to, source }] = notices() as [(typeof sink.mails)[number]];
    expect(to).toEqual(['ada@host.example']);
    const text = source.replace(/=\r\n/g, '');
    for (const part of [userId, NOON.toISOString(), '203.0.113.9']) expect(text).toContain(part);
    for (const secret of ['stolen', WRONG, PASSWORD_DIGEST]) expect(text).not.toContain(secret);
    await fail(userId, { tokenId: 'another' });
    setTime(16 * MINUTE_MS);
    await fail(userId);
    setTime(61 * MINUTE_MS);
    await fail(userId);
    await waitForNotices(2);
    expect(notices()).toHaveLength(2);
  });

  test('is not told while the budget is not spent', async () => {
    const userId = await store();
    for (let time = 0; time < 9; time += 1) await hosts[0].verify(userId, { code: WRONG, ...STOLEN });
    expect(
      await database.connection.collection('ldap_sync_second_factor').findOne({ _id: userId as never }),
    ).not.toHaveProperty('toldAt');
  });

  test('gets no header and no line that a name or an address could add', async () => {
    const userId = await store();
    await database.connection
      .collection('users')
      .updateOne(
        { _id: userId as never },
        { $set: { username: 'ada\r\nBcc: eve@evil.example\r\n\r\nClick' } },
      );
    await fail(userId, { ...STOLEN, address: '203.0.113.9\r\nClick https://evil.example' });
    await waitForNotices(1);
    const text = notices()[0]!.source.replace(/=\r\n/g, '');
    expect(text).not.toMatch(/^Bcc/m);
    expect(text).not.toMatch(/^Click/m);
    expect(text).not.toContain('evil.example/');
    expect(text).toContain('an unknown address');
  });

  test('need not be reachable: the answers are the same', async () => {
    sink.refusals = { 'MAIL FROM': '451 later' };
    const userId = await store();
    await fail(userId);
    await expect(hosts[0].verify(userId, { code: PASSWORD_DIGEST, ...STOLEN })).resolves.toMatchObject({
      outcome: 'max-attempts',
    });
    await expect(hosts[0].verify(userId, { code: PASSWORD_DIGEST, ...OWN })).resolves.toEqual({
      outcome: 'passed',
    });
  });
});

test('no token, and nothing that signs in with it, is stored with the attempts', async () => {
  await seedAdmin(database.connection);
  await storeSettings(database.connection, { API_Enable_Rate_Limiter: false });
  const { app } = createHost(database.connection, { sendMail: () => Promise.resolve() });
  await request(app).post('/api/v1/ldap.syncNow').set(AUTH_HEADERS).set('x-2fa-code', 'f'.repeat(64));
  const user = await database.connection.collection('users').findOne({ _id: ADMIN._id as never });
  const state = await database.connection
    .collection('ldap_sync_second_factor')
    .findOne({ _id: ADMIN._id as never });
  const text = JSON.stringify(state);
  expect(state!.attempts).toHaveLength(1);
  expect(state!.attempts[0].token).toMatch(/^[0-9a-f]{64}$/);
  expect(text).not.toContain(ADMIN.token);
  expect(text).not.toContain(user!.services.resume.loginTokens[0].hashedToken);
});
