import request from 'supertest';
import type { Logger } from '../../../lib/logger.js';
import { AUTH_HEADERS, createHost, seedAdmin, SECOND_FACTOR, storeSettings } from '../../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../../setup/mongo.js';
import { SECRET, verified, withEmail, withPassword, withTotp } from './second-factor-host.js';

let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
  await seedAdmin(database.connection);
  await storeSettings(database.connection, { LDAP_Enable: true, API_Enable_Rate_Limiter: false });
});
afterEach(() => database.close());

const users = () => database.connection.collection('users');

async function store(name: string, fields: object): Promise<void> {
  await users().insertOne({ _id: name as never, username: name, active: true, roles: ['admin'], ...fields });
}

async function readAccounts() {
  const { app, ldapSync } = createHost(database.connection);
  const { status, body } = await request(app).get('/api/v1/ldap.status').set(AUTH_HEADERS);
  await ldapSync.stop();
  expect(status).toBe(200);
  return body.accounts as { userId: string; username: string | null; reason: string; remedy: string }[];
}
const names = async () => (await readAccounts()).map(({ username }) => username);

describe('the accounts of the status', () => {
  it('are those who may sync and have no second factor, with the remedy', async () => {
    await store('bare', { services: { ldap: { id: '01' } } });
    expect(await readAccounts()).toEqual([
      {
        userId: 'bare',
        username: 'bare',
        reason: 'The account has no authenticator app, no e-mailed codes and no usable password.',
        remedy: expect.stringContaining('enable two-factor authentication') as string,
      },
    ]);
  });

  it('leave out whoever has a second factor, may not sync, or is inactive', async () => {
    await store('totp', { services: withTotp });
    await store('mail', { services: withEmail, emails: [verified('mail@host.example')] });
    await store('password', { services: withPassword });
    await store('user', { roles: ['user'] });
    await store('text-role', { roles: 'admin' });
    await store('inactive', { active: false });
    expect(await names()).toEqual([]);
  });

  it('name an authenticator app without a secret or backup code, though there is a password', async () => {
    await store('backup', { services: { totp: { enabled: true, hashedBackup: ['0'.repeat(64)] } } });
    await store('empty', { services: { ...withPassword, totp: { enabled: true, secret: 'x' } } });
    const accounts = await readAccounts();
    expect(accounts.map(({ username }) => username)).toEqual(['empty']);
    expect(accounts[0]?.remedy).toMatch(/Reset the user's TOTP/);
  });

  it('name the settings that allow no other factor', async () => {
    await storeSettings(database.connection, { Accounts_TwoFactorAuthentication_Enabled: false });
    await store('totp', { services: withTotp });
    expect((await readAccounts())[0]?.remedy).toMatch(/Accounts_TwoFactorAuthentication_Enabled/);
  });

  it('count an authenticator app for nothing while its setting is off', async () => {
    await storeSettings(database.connection, { Accounts_TwoFactorAuthentication_By_TOTP_Enabled: false });
    await store('totp', { services: withTotp });
    expect(await names()).toEqual(['totp']);
  });

  it('count codes by mail for nothing while they are not for users of OAuth', async () => {
    const id = 'Accounts_twoFactorAuthentication_email_available_for_OAuth_users';
    await storeSettings(database.connection, { [id]: false });
    await store('github', { services: { ...withEmail, github: {} }, emails: [verified('a@host.example')] });
    expect(await names()).toEqual(['github']);
  });

  it('are those whose factor is stored as a list, too', async () => {
    const { password } = withPassword;
    await store('list', { services: { totp: { enabled: [true], secret: [SECRET] } } });
    await store('hash', { services: { password: { bcrypt: [password.bcrypt] } } });
    expect(await names()).toEqual(['hash', 'list']);
  });

  it('are fifty at most, also among many who lack nothing', async () => {
    const many = Array.from({ length: 260 }, (_none, index) => ({
      _id: `ready${index}` as never,
      roles: ['admin'],
      services: withPassword,
    }));
    const bare = Array.from({ length: 60 }, (_none, index) => ({
      _id: `zbare${index}` as never,
      roles: ['admin'],
    }));
    await users().insertMany([...many, ...bare]);
    const accounts = await readAccounts();
    expect(accounts).toHaveLength(50);
    expect(accounts.every(({ userId, username }) => userId.startsWith('zbare') && username === null)).toBe(
      true,
    );
  });
});

describe('a call of somebody who cannot give any second factor', () => {
  it('is challenged as the contract says, and logged once with the remedy', async () => {
    await users().updateOne({}, { $unset: { 'services.password': '' } });
    const warnings: object[] = [];
    const none = () => undefined;
    const logger: Logger = {
      debug: none,
      info: none,
      error: none,
      warn: (fields) => warnings.push(fields),
    };
    const { app, ldapSync } = createHost(database.connection, { logger });
    const call = () => request(app).post('/api/v1/ldap.syncNow').set(AUTH_HEADERS);
    const challenges = [await call(), await call(), await call().set(SECOND_FACTOR)];
    await ldapSync.stop();
    expect(challenges.map(({ status, body }) => [status, body.errorType])).toEqual([
      [400, 'totp-required'],
      [400, 'totp-required'],
      [400, 'totp-invalid'],
    ]);
    expect(challenges[0]?.body.details).toEqual({
      method: 'password',
      codeGenerated: false,
      availableMethods: [],
    });
    expect(warnings.filter((fields) => 'remedy' in fields)).toEqual([
      {
        userId: 'adminUser00000001',
        reason: expect.stringContaining('no usable password') as string,
        remedy: expect.stringContaining('set a password') as string,
      },
    ]);
  });
});
