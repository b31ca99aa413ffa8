import { surveyLinks } from '../../../lib/sync/users/survey-links.js';
import { userCollection } from '../../../models/user.js';
import { openTestDatabase, type TestDatabase } from '../../setup/mongo.js';

let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

const survey = () => surveyLinks(userCollection(database.connection));

/** Users as a host may have stored them, each with an id of its own. */
async function store(...users: readonly object[]): Promise<void> {
  const documents = users.map((user, index) => ({ _id: `u${index}`, username: `u${index}`, ...user }));
  await database.connection.collection('users').insertMany(documents as never[]);
}

const link = (id: unknown, idAttribute: unknown = 'entryUUID') => ({
  services: { ldap: { id, idAttribute } },
});

it('nobody is linked in an empty database', async () => {
  expect(await survey()).toEqual({ all: 0, active: 0, idAttributes: [] });
});

it('only linked users are counted, and as active only those who certainly are', async () => {
  await store(
    { ldap: true, active: true, ...link('a') },
    { ldap: true, ...link('b') },
    ...[false, null, 0, 1, 'true', 'false', [true]].map((active, index) => ({
      ldap: true,
      active,
      ...link(`c${index}`),
    })),
    { ldap: 'true', active: true, ...link('d') },
    { active: true, ...link('e') },
    { ldap: true, active: true, ...link(7) },
    { ldap: true, active: true },
  );
  expect(await survey()).toMatchObject({ all: 11, active: 2 });
});

it('every attribute that somebody is linked by is told once, also one that is no text', async () => {
  await store(
    ...['entryUUID', 'objectGUID', 'entryUUID', 5].map((attribute, index) => ({
      ldap: true,
      active: index % 2 === 0,
      ...link(`i${index}`, attribute),
    })),
  );
  expect(new Set((await survey()).idAttributes)).toEqual(new Set(['entryUUID', 'objectGUID', 5]));
});
