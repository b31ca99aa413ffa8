import type { Express } from 'express';
import request from 'supertest';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { createHost, hashToken, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';

const ADDED = ['previewSync', 'approveRun', 'rejectRun', 'revertRun', 'cancelRun'];
const PLAIN = { 'X-User-Id': 'plainUser', 'X-Auth-Token': 'a-token-of-a-plain-user' };

let database: TestDatabase;
let app: Express;
let ldapSync: LdapSync;
const mails: string[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  await seedAdmin(database.connection);
  await storeSettings(database.connection, { API_Enable_Rate_Limiter_Limit_Calls_Default: 3 });
  await database.connection.collection('users').insertOne({
    _id: 'plainUser' as never,
    username: 'plain',
    active: true,
    roles: ['user'],
    emails: [{ address: 'plain@host.example', verified: true }],
    services: {
      email2fa: { enabled: true },
      resume: { loginTokens: [{ hashedToken: hashToken(PLAIN['X-Auth-Token']), when: new Date() }] },
    },
  });
  const sendMail = ({ to }: { to: string }) => Promise.resolve(void mails.push(to));
  ({ app, ldapSync } = createHost(database.connection, { sendMail }));
});
afterAll(async () => {
  await ldapSync.stop();
  await database.close();
});

const post = (verb: string) =>
  request(app)
    .post(`/api/v1/ldap.${verb}`)
    .set(PLAIN)
    .send({ runId: 'a'.repeat(17) });

it.each(ADDED)(
  'ldap.%s, asked forty times without the permission, mails no code, checks none and uses nothing up',
  async (verb) => {
    const before = await database.connection.collection('users').findOne({ _id: 'plainUser' as never });
    const factor = { 'x-2fa-method': 'email', 'x-2fa-code': '000000' };
    const answers = await Promise.all([
      ...Array.from({ length: 20 }, () => post(verb)),
      ...Array.from({ length: 20 }, () => post(verb).set(factor)),
    ]);
    for (const { status, body, headers } of answers) {
      expect([400, 403]).toContain(status);
      expect(body.error).toMatch(/error-not-authorized|error-unauthorized/);
      expect(headers).not.toHaveProperty('x-ratelimit-remaining');
    }
    expect(mails).toEqual([]);
    expect(await database.connection.collection('users').findOne({ _id: 'plainUser' as never })).toEqual(
      before,
    );
  },
);

it('ldap.syncNow keeps the order of Rocket.Chat, the second factor before the permission', async () => {
  expect((await post('syncNow')).body).toMatchObject({ errorType: 'totp-required' });
});
