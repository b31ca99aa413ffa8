import { createIndexes } from '../../../lib/sync/indexes.js';
import { findUserIds, hasUnfinished } from '../../../lib/sync/users/user-mark.js';
import { UNFINISHED_WORK, userCollection } from '../../../models/user.js';
import { openTestDatabase, type TestDatabase } from '../../setup/mongo.js';

/** As versions made them that had an index for each mark. */
const FORMER = ['renamedFrom', 'namedFrom', 'switching', 'joins', 'mail.runId'].map(
  (mark) => `ldapSync.${mark}`,
);
const MARKS = {
  renamedFrom: 'ada',
  namedFrom: 'Ada',
  switching: 'off',
  joins: ['general'],
  mail: { about: 'off', runId: 'r' },
};

describe('the marks of versions with an index for each of them', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  const users = () => userCollection(database.connection);
  const ensure = () => createIndexes(database.connection, { keepsAvatars: false }).ensure();
  const keys = async () => (await users().indexes()).flatMap(({ key }) => Object.keys(key as object));

  it('are listed at the user, and their indexes are dropped', async () => {
    await users().insertMany(
      Object.entries(MARKS).map(([work, value]) => ({ _id: work, ldapSync: { [work]: value } })),
    );
    await users().insertOne({ _id: 'none', ldapSync: { photo: 'x' } });
    for (const key of FORMER) await users().createIndex({ [key]: 1 }, { sparse: true });
    expect(await ensure()).toEqual([]);
    for (const work of UNFINISHED_WORK)
      expect(await findUserIds(database.connection, hasUnfinished(work))).toEqual([work]);
    expect(await users().findOne({ _id: 'none' })).toEqual({ _id: 'none', ldapSync: { photo: 'x' } });
    expect(await keys()).toContain('ldapSync.unfinished');
    expect((await keys()).filter((key) => FORMER.includes(key))).toEqual([]);
  });

  it('are not looked for once their indexes are gone', async () => {
    await users().insertOne({ _id: 'later', ldapSync: { switching: 'off' } });
    await ensure();
    expect((await users().findOne({ _id: 'later' }))?.ldapSync).toEqual({ switching: 'off' });
  });
});
