import type { Connection } from 'mongoose';
import { createStoredPermissions } from '../../lib/auth/stored-permissions.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';

const SYNC = 'sync-auth-services-users';

let database: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await openTestDatabase();
  connection = database.connection;
});
afterAll(() => database.close());
afterEach(async () => {
  await connection.collection('users').deleteMany({});
  await connection.collection('rocketchat_permissions').deleteMany({});
});

async function isAllowed(user: object | undefined, permission: object | undefined): Promise<boolean> {
  if (user) await connection.collection('users').insertOne({ _id: 'user' as never, ...user });
  if (permission)
    await connection.collection('rocketchat_permissions').insertOne({ _id: SYNC as never, ...permission });
  return createStoredPermissions({ connection })({ userId: 'user' }, SYNC);
}

test.each([
  ['one role in common', ['user', 'ldap-operator'], ['admin', 'ldap-operator']],
  ['damage beside the role in common', [null, 7, 'admin'], [{}, 'admin']],
])('%s is enough', async (_what, held, granted) => {
  await expect(isAllowed({ active: true, roles: held }, { roles: granted })).resolves.toBe(true);
});

test('a user without the active field is active', async () => {
  await expect(isAllowed({ roles: ['admin'] }, { roles: ['admin'] })).resolves.toBe(true);
});

test.each([
  ['no role in common', { roles: ['user'] }, { roles: ['admin'] }],
  ['an inactive user', { roles: ['admin'], active: false }, { roles: ['admin'] }],
  ['an unknown user', undefined, { roles: ['admin'] }],
  ['an unknown permission', { roles: ['admin'] }, undefined],
  ['a permission without roles', { roles: ['admin'] }, {}],
  ['an emptied permission', { roles: ['admin'] }, { roles: [] }],
  ['a user without roles', {}, { roles: ['admin'] }],
  ['roles that are a text on both sides', { roles: 'admin' }, { roles: 'admin' }],
  ['roles of the user that are a text', { roles: 'admin' }, { roles: ['admin'] }],
  ['roles that are damaged alike', { roles: [null, 1, {}] }, { roles: [null, 1, {}] }],
  ['roles that are null', { roles: null }, { roles: null }],
  ['a role in another case', { roles: ['Admin'] }, { roles: ['admin'] }],
])('%s is not enough', async (_what, user, permission) => {
  await expect(isAllowed(user, permission)).resolves.toBe(false);
});

test('another permission of the same role is not enough', async () => {
  await connection
    .collection('rocketchat_permissions')
    .insertOne({ _id: 'test-admin-options' as never, roles: ['admin'] });
  await expect(isAllowed({ roles: ['admin'] }, { roles: [] })).resolves.toBe(false);
});
