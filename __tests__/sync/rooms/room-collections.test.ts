import { createIndexes } from '../../../lib/sync/indexes.js';
import { openTestDatabase, type TestDatabase } from '../../setup/mongo.js';

let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

const WRITTEN = ['rocketchat__trash', 'rocketchat_message', 'rocketchat_team_member'];
const names = async (): Promise<readonly string[]> =>
  (await database.connection.listCollections()).map(({ name }) => name);
const make = async (...collections: readonly string[]): Promise<void> => {
  for (const name of collections) await database.connection.createCollection(name);
};

describe('the collections that are written with rooms', () => {
  it('are made before the first transaction on a host with rooms, also on one that gets them later', async () => {
    const indexes = createIndexes(database.connection, { keepsAvatars: false });
    await indexes.ensure();
    expect(await names()).not.toEqual(expect.arrayContaining([WRITTEN[0]]));
    await make('rocketchat_room', 'rocketchat_subscription');
    await indexes.ensure();
    expect(await names()).toEqual(expect.arrayContaining(WRITTEN));
  });

  it.each([[[]], [['rocketchat_room']], [['rocketchat_subscription']]])(
    'are not made on a host with %j alone',
    async (there) => {
      await make(...there);
      await createIndexes(database.connection, { keepsAvatars: false }).ensure();
      for (const name of WRITTEN) expect(await names()).not.toContain(name);
    },
  );

  it('have the indexes of Rocket.Chat’s trash, which empties itself after thirty days, where it was made', async () => {
    await make('rocketchat_room', 'rocketchat_subscription');
    await createIndexes(database.connection, { keepsAvatars: false }).ensure();
    const found = await database.connection.collection('rocketchat__trash').indexes();
    expect(found).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: { _deletedAt: 1 }, expireAfterSeconds: 2_592_000 }),
        expect.objectContaining({ key: { __collection__: 1 } }),
        expect.objectContaining({ key: { rid: 1, __collection__: 1, _deletedAt: 1 } }),
      ]),
    );
  });

  it('are left as they are where the host has them', async () => {
    await make('rocketchat_room', 'rocketchat_subscription', ...WRITTEN);
    await createIndexes(database.connection, { keepsAvatars: false }).ensure();
    expect(await database.connection.collection('rocketchat__trash').indexes()).toHaveLength(1);
  });
});
