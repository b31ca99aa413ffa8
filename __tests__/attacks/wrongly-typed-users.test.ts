import request from 'supertest';
import { AUTH_HEADERS, createHost, seedAdmin, sha256Hex, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { SECRET, withEmail } from '../auth/second-factor/second-factor-host.js';

const BACKUP_CODE = 'abcd1234';
const BACKUP_HASH = sha256Hex(BACKUP_CODE);
const totp = (fields: object) => ({ 'services.totp': { enabled: true, secret: SECRET, ...fields } });
const emailCode = (fields: unknown) => ({
  'services.email2fa': withEmail.email2fa,
  'services.emailCode': fields,
});
const inAnHour = () => new Date(Date.now() + 3_000_000);

/** What stands where the second factor looks, each in the administrator's account. */
const FACTORS: readonly (readonly [string, object])[] = [
  ['backup codes as the text of one hash', totp({ hashedBackup: BACKUP_HASH })],
  ['backup codes as an object', totp({ hashedBackup: { 0: BACKUP_HASH } })],
  ['backup codes as a number', totp({ hashedBackup: 7 })],
  ['backup codes as null', totp({ hashedBackup: null })],
  ['backup codes in lists', totp({ hashedBackup: [[BACKUP_HASH]] })],
  ['a secret as a number', totp({ secret: 7 })],
  ['a secret as a list', totp({ secret: [SECRET] })],
  ['TOTP as a list', { 'services.totp': [{ enabled: true, hashedBackup: [BACKUP_HASH] }] }],
  ['a password hash as a number', { 'services.password.bcrypt': 7 }],
  ['a password hash as an object', { 'services.password.bcrypt': { $gt: '' } }],
  ['a password as a text', { 'services.password': 'x' }],
  ['a password as null', { 'services.password': null }],
  ['codes by mail as a text', { 'services.email2fa': 'true' }],
  ['addresses as an object', { emails: { address: 'a@host.example', verified: true }, ...emailCode(null) }],
  ['addresses as a text', { emails: 'a@host.example', ...emailCode(null) }],
  ['addresses that are null', { emails: [null, 7, { address: 7, verified: true }], ...emailCode(null) }],
  ['a mailed code as a list', emailCode([{ code: 'x', expire: new Date(), attempts: 0 }])],
  ['a mailed code as a text', emailCode('x')],
  ['a mailed code without a count', emailCode({ code: 'x', expire: inAnHour(), attempts: 'none' })],
  [
    'a mailed code with a count that is no number',
    emailCode({ code: 'x', expire: inAnHour(), attempts: NaN }),
  ],
  ['a mailed code with a count below nothing', emailCode({ code: 'x', expire: inAnHour(), attempts: -1e9 })],
  ['a user name as a number', { username: 7 }],
  ['a user name as an object', { username: { $ne: 1 } }],
];

/** What stands where the sign-in and the permission look. */
const SIGN_IN: readonly (readonly [string, object, number])[] = [
  ['roles as a text', { roles: 'admin' }, 403],
  ['roles as an object', { roles: { 0: 'admin' } }, 403],
  ['roles as a number', { roles: 7 }, 403],
  ['login tokens as a text', { 'services.resume.loginTokens': 'x' }, 401],
  ['a resume service as a text', { 'services.resume': 'x' }, 401],
  ['services as a text', { services: 'x' }, 401],
  ['services as null', { services: null }, 401],
  ['services as a list', { services: [] }, 401],
];

let database: TestDatabase;
let app: ReturnType<typeof createHost>['app'];
let stop: () => Promise<void>;
beforeEach(async () => {
  database = await openTestDatabase();
  await seedAdmin(database.connection);
  await storeSettings(database.connection, { LDAP_Enable: true, API_Enable_Rate_Limiter: false });
  const host = createHost(database.connection, { sendMail: () => Promise.resolve() });
  app = host.app;
  stop = () => host.ldapSync.stop();
});
afterEach(async () => {
  await stop();
  await database.close();
});

const spoil = (fields: object) => database.connection.collection('users').updateOne({}, { $set: fields });
const syncNow = (code?: string) => {
  const call = request(app).post('/api/v1/ldap.syncNow').set(AUTH_HEADERS);
  return code === undefined ? call : call.set('x-2fa-code', code);
};
const look = (path: string) => request(app).get(`/api/v1/${path}`).set(AUTH_HEADERS);

describe('a stored field of the wrong type is not there', () => {
  it.each(FACTORS)('for the second factor: %s', async (what, fields) => {
    await spoil(fields);
    const answers = [await syncNow()];
    for (const code of [BACKUP_CODE, '123456', sha256Hex('nothing of it')]) answers.push(await syncNow(code));
    expect(answers.map(({ status, body }) => [status, body.errorType])).toEqual([
      [400, 'totp-required'],
      [400, 'totp-invalid'],
      [400, 'totp-invalid'],
      [400, 'totp-invalid'],
    ]);
    if (what.startsWith('a mailed code')) expect(answers[0]?.body.details.codeGenerated).toBe(true);
    expect((await look('ldap.status')).status).toBe(200);
    expect((await look('ldap.userHistory?userId=adminUser00000001')).status).toBe(200);
    expect((await look('ldap.explainUser?id=adminUser00000001')).status).not.toBe(500);
  });

  it.each(SIGN_IN)('for the sign-in and the permission: %s', async (_what, fields, expected) => {
    await spoil(fields);
    expect((await look('ldap.status')).status).toBe(expected);
    expect((await syncNow()).status).toBeLessThan(500);
  });

  it('and a list of backup codes still gives each code once', async () => {
    await spoil(totp({ hashedBackup: [BACKUP_HASH] }));
    expect((await syncNow(BACKUP_CODE)).body.errorType).not.toBe('totp-invalid');
    expect((await syncNow(BACKUP_CODE)).body.errorType).toBe('totp-invalid');
  });
});
