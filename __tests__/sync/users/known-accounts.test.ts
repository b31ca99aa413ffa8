import mongoose, { type mongo } from 'mongoose';
import { createFindKnownAccounts } from '../../../lib/sync/users/known-accounts.js';
import { openTestDatabase, type TestDatabase } from '../../setup/mongo.js';

const SIGNED_IN = new Date('2026-11-20T08:00:00Z');

let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

const insert = (collection: string, ...documents: readonly object[]) =>
  database.connection.collection(collection).insertMany(documents);
const find = (...ids: readonly string[]) => createFindKnownAccounts(database.connection)(ids);
const owns = (userId: string, number: number, fields: object = {}): object => ({
  _id: `${userId}-${number}`,
  rid: `room${number}`,
  t: 'c',
  roles: ['owner'],
  u: { _id: userId },
  ...fields,
});

describe('what is known of an account', () => {
  it('is its roles by name, whether it administers, its last sign-in, and how many rooms it owns', async () => {
    await insert('rocketchat_roles', { _id: 'admin', name: 'admin' }, { _id: '6543ab', name: 'Front desk' });
    await insert(
      'users',
      { _id: 'ada', roles: ['user', 'admin', '6543ab'], active: true, lastLogin: SIGNED_IN },
      { _id: 'bo', roles: ['user'], active: false },
    );
    await insert(
      'rocketchat_subscription',
      ...[owns('ada', 1), owns('ada', 2, { t: 'p' }), owns('ada', 3, { roles: ['moderator'] })],
      ...[owns('ada', 4, { t: 'd' }), owns('eve', 5)],
    );
    const known = await find('ada', 'bo', 'nobody', 'ada');
    expect([...known.keys()].sort()).toEqual(['ada', 'bo']);
    expect(known.get('ada')).toEqual({
      active: true,
      roles: ['user', 'admin', 'Front desk'],
      isAdministrator: true,
      lastLogin: SIGNED_IN,
      ownedRooms: 2,
    });
    expect(known.get('bo')).toEqual({
      active: false,
      roles: ['user'],
      isAdministrator: false,
      ownedRooms: 0,
    });
  });

  it('is short and readable whatever a host has stored', async () => {
    const many = Array.from({ length: 40 }, (_, index) => `role${index}`);
    await insert(
      'users',
      { _id: 'text', roles: 'admin', lastLogin: 'yesterday' },
      { _id: 'many', roles: [7, null, 'a\u202eb', 'a\u202eb', 'x'.repeat(1_000), ...many, 'admin'] },
    );
    const known = await find('text', 'many');
    expect(known.get('text')).toEqual({ active: true, roles: [], isAdministrator: false, ownedRooms: 0 });
    const { roles = [], isAdministrator } = known.get('many') ?? {};
    expect([roles.length, isAdministrator]).toEqual([20, true]);
    expect(roles.slice(0, 3)).toEqual(['a<U+202E>b', 'x'.repeat(256), 'role0']);
  });

  it('takes as many questions of the database for a hundred as for one', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `user${index}`);
    await insert('rocketchat_roles', { _id: 'user', name: 'user' });
    await insert('users', ...ids.map((_id) => ({ _id, roles: ['user'] })));
    const watched = await mongoose.createConnection(database.url, { monitorCommands: true }).asPromise();
    try {
      const asked: string[] = [];
      watched
        .getClient()
        .on('commandStarted', ({ commandName }: mongo.CommandStartedEvent) => void asked.push(commandName));
      const count = async (...of: readonly string[]): Promise<readonly string[]> => {
        expect((await createFindKnownAccounts(watched)(of)).size).toBe(of.length);
        return asked.splice(0).sort();
      };
      expect(await count('user0')).toEqual(['aggregate', 'find', 'find']);
      expect(await count(...ids)).toEqual(['aggregate', 'find', 'find']);
      expect(await count()).toEqual([]);
    } finally {
      await watched.close();
    }
  });
});
