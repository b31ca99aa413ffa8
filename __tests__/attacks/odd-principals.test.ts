import request from 'supertest';
import { createCheckedAuthenticate } from '../../lib/auth/checked-principal.js';
import { toAddressGroup } from '../../lib/auth/limits/address-group.js';
import { findMergeObstacles } from '../../lib/sync/plan/merge-obstacles.js';
import { createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase } from '../setup/mongo.js';

const give = (principal: unknown) =>
  createCheckedAuthenticate(() => Promise.resolve(principal as never))({} as never);

test.each([[{ $ne: null }], [['admin']], [1], [''], [undefined], [{ toString: () => 'admin' }]])(
  'a userId of a host’s own sign-in that is no text (%p) is nobody’s',
  async (userId) => {
    await expect(give({ userId })).rejects.toThrow(/userId that is no text/);
  },
);

test('what else a host’s own sign-in gives is taken when it is text', async () => {
  const odd = { userId: 'u1', username: { $gt: '' }, tokenId: ['t'], roles: ['admin'] };
  expect(await give(odd)).toEqual({ userId: 'u1' });
  expect(await give({ userId: 'u1', username: 'ada', tokenId: 't' })).toEqual({
    userId: 'u1',
    username: 'ada',
    tokenId: 't',
  });
  expect(await give(null)).toBeUndefined();
});

test('a userId that is a query of the database is not answered as the administrator whom it finds', async () => {
  const database = await openTestDatabase();
  await seedAdmin(database.connection);
  await storeSettings(database.connection, { API_Enable_Rate_Limiter: false });
  const authenticate = () => Promise.resolve({ userId: { $ne: null } } as never);
  const { app } = createHost(database.connection, { authenticate });
  const { status } = await request(app).get('/api/v1/ldap.status');
  expect(status).toBe(500);
  await database.close();
});

test.each([['true'], [1], [{}], [[true]]])(
  'an account whose "federated" is %p may be another server’s, and is not connected',
  (federated) => {
    const account = {
      _id: 'u1',
      type: 'user',
      roles: ['user'],
      emails: [{ address: 'a@x', verified: true }],
      linked: false,
      federated: federated as never,
    };
    const terms = { address: 'a@x', defaultRoles: ['user'] };
    expect(findMergeObstacles(account as never, terms)).toEqual([
      { code: 'federated', reason: 'it belongs to another server (federated)' },
    ]);
    expect(findMergeObstacles({ ...account, federated: false }, terms)).toEqual([]);
  },
);

test.each([
  ['::ffff:102:304', '1.2.3.4'],
  ['::FFFF:1.2.3.4', '1.2.3.4'],
  ['0:0:0:0:0:ffff:c000:0280', '192.0.2.128'],
  ['64:ff9b::c000:280', '192.0.2.128'],
  ['64:ff9b::192.0.2.129', '192.0.2.129'],
  ['::1', '0:0:0:0::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
])('an IPv4 address that is written as %s is counted as %s', (address, group) => {
  expect(toAddressGroup(address)).toBe(group);
});
