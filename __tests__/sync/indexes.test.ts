import { createIndexes } from '../../lib/sync/indexes.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';

describe('the indexes that a run makes', () => {
  let database: TestDatabase;
  beforeEach(async () => (database = await openTestDatabase()));
  afterEach(() => database.close());

  it('find who has a role, so that the status reads nobody else, and leave an index of the host as it is', async () => {
    const users = database.connection.collection('users');
    await users.createIndex({ roles: 1 }, { name: 'of the host', sparse: true });
    const indexes = createIndexes(database.connection, { keepsAvatars: false });
    await expect(indexes.ensure()).resolves.toEqual([]);
    const toRoles = async () => (await users.indexes()).filter(({ key }) => 'roles' in key);
    await expect(toRoles()).resolves.toMatchObject([{ name: 'of the host' }]);
    await users.dropIndex('of the host');
    await createIndexes(database.connection, { keepsAvatars: false }).ensure();
    await expect(toRoles()).resolves.toMatchObject([{ key: { roles: 1 }, sparse: true }]);
  });
});
