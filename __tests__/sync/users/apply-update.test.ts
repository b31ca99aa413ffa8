import fc from 'fast-check';
import { tidied, toUpdated } from '../../../lib/sync/users/apply-update.js';
import { findUserIds, hasUnfinished } from '../../../lib/sync/users/user-mark.js';
import { toOperation } from '../../../lib/sync/users/user-operations.js';
import type { UserUpdate } from '../../../lib/sync/users/user-store.js';
import { UNFINISHED_WORK, userCollection, type UserRecord } from '../../../models/user.js';
import { toParameters } from '../../setup/holds.js';
import { openTestDatabase, type TestDatabase } from '../../setup/mongo.js';

const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const text = fc.constantFrom('', 'a', 'b');
const defined = (fields: object) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const anyUser = fc
  .record({
    username: some(text),
    active: some(fc.boolean()),
    importIds: some(fc.uniqueArray(text)),
    ldapSync: some(fc.record({ photo: some(text), renamedFrom: some(text) }).map(defined)),
    services: some(fc.record({ ldap: some(fc.constant({ id: '01' })) }).map(defined)),
  })
  .map((fields) => ({ _id: 'u1', ...defined(fields) }));

/** No path stands in `set` and in `unset`: the database refuses that, and nobody asks for it. */
const anyUpdate = fc
  .record({
    username: fc.constantFrom('keep', 'set', 'unset'),
    photo: fc.constantFrom('keep', 'set', 'unset'),
    renamedFrom: fc.constantFrom('keep', 'set', 'unset'),
    id: fc.constantFrom('keep', 'set', 'unset'),
    value: text,
    add: some(text),
  })
  .map(({ value, add, ...fields }): UserUpdate => {
    const paths = { username: 'username', photo: 'ldapSync.photo', renamedFrom: 'ldapSync.renamedFrom' };
    const all = Object.entries({ ...paths, id: 'services.ldap.id' });
    const of = (what: string) => all.filter(([name]) => fields[name as keyof typeof fields] === what);
    return {
      set: Object.fromEntries([['active', true], ...of('set').map(([, path]) => [path, value])]),
      unset: of('unset').map(([, path]) => path),
      ...(add === undefined ? {} : { add: { importIds: add } }),
    };
  });

/** A user with some marks, and a list of them that another version, or somebody else, has left. */
const markedUser = fc.record({
  _id: fc.constant('u1'),
  ldapSync: fc.record(
    {
      photo: text,
      ...Object.fromEntries(UNFINISHED_WORK.map((work) => [work, text])),
      unfinished: fc.oneof(fc.subarray([...UNFINISHED_WORK]), text),
    },
    { requiredKeys: [] },
  ),
}) as fc.Arbitrary<UserRecord>;

/** Puts some marks, and takes others off. */
const markUpdate = fc
  .array(fc.constantFrom('keep', 'set', 'unset'), { minLength: 5, maxLength: 5 })
  .map((what): UserUpdate => {
    const of = (wanted: string) =>
      UNFINISHED_WORK.filter((_, index) => what[index] === wanted).map((work) => `ldapSync.${work}`);
    return {
      set: { active: true, ...Object.fromEntries(of('set').map((path) => [path, 'x'])) },
      unset: of('unset'),
    };
  });

describe('an update', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  it('property: does to a user in memory what the database does to a stored one', async () => {
    const users = userCollection(database.connection);
    await fc.assert(
      fc.asyncProperty(anyUser, anyUpdate, async (user, update) => {
        await users.deleteMany({});
        await users.insertOne(structuredClone(user));
        await users.bulkWrite([toOperation({ kind: 'update', userId: 'u1', ...update })]);
        expect(toUpdated(user, update)).toEqual(await users.findOne({ _id: 'u1' }));
      }),
      toParameters(60),
    );
  });

  it('leaves the user it was given as it was', () => {
    const user: UserRecord = { _id: 'u1', importIds: ['a'], ldapSync: { photo: 'x' } };
    const before = structuredClone(user);
    toUpdated(user, { set: { 'ldapSync.photo': 'y' }, unset: ['username'], add: { importIds: 'b' } });
    expect(user).toEqual(before);
  });

  it.each<[string, unknown, readonly string[], readonly string[]]>([
    ['takes ldapSync away with the last that is in it', { photo: 'x' }, ['ldapSync.photo'], ['ldapSync']],
    ['keeps what else is in it', { photo: 'x', renamedFrom: 'a' }, ['ldapSync.photo'], ['ldapSync.photo']],
    ['takes it away when only a list of nothing is left', { unfinished: ['mail'] }, [], ['ldapSync']],
    [
      'takes the list of marks away with the last of them',
      { photo: 'x', mail: 'y', unfinished: ['mail'] },
      ['ldapSync.mail'],
      ['ldapSync.mail', 'ldapSync.unfinished'],
    ],
    ['leaves alone what is no document of ours: null', null, ['name'], ['name']],
    ['leaves alone what is no document of ours: a text', 'x', ['name'], ['name']],
  ])('%s', (_, ldapSync, unset, tidy) => {
    expect(tidied({ _id: 'u1', ldapSync } as UserRecord, { set: {}, unset }).unset).toEqual(tidy);
  });

  it('property: leaves a list of exactly the marks that stand at the user, by which they are found', async () => {
    const users = userCollection(database.connection);
    await fc.assert(
      fc.asyncProperty(markedUser, markUpdate, async (user, update) => {
        await users.deleteMany({});
        await users.insertOne(structuredClone(user));
        await users.bulkWrite([toOperation({ kind: 'update', userId: 'u1', ...tidied(user, update) })]);
        const { ldapSync = {} } = (await users.findOne({ _id: 'u1' })) ?? {};
        const standing = UNFINISHED_WORK.filter((work) => work in ldapSync);
        expect(ldapSync.unfinished ?? []).toEqual(standing);
        for (const work of UNFINISHED_WORK) {
          const found = await findUserIds(database.connection, hasUnfinished(work));
          expect(found).toEqual(standing.includes(work) ? ['u1'] : []);
        }
      }),
      toParameters(60),
    );
  });
});
