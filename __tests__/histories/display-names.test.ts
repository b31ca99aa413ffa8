import { many, toPerson, useHistories } from '../setup/histories.js';

const { collection, set, sync, user } = useHistories();
const rooms = () => collection('rocketchat_room');
const subscriptions = () => collection('rocketchat_subscription');

/** Somebody called `z` talks to each of these users. */
async function talk(...usernames: readonly string[]): Promise<void> {
  for (const username of usernames) {
    const userId = String((await user(username))?._id);
    await rooms().insertOne({ _id: `r-${username}` as never, t: 'd', uids: [userId, 'z'] });
    await subscriptions().insertOne({
      _id: `s-${username}` as never,
      t: 'd',
      rid: `r-${username}`,
      name: username,
      fname: 'Somebody',
      u: { _id: 'z', username: 'z' },
    });
  }
}
const shown = async () =>
  (await subscriptions().find({}).sort({ _id: 1 }).toArray()).map(({ fname }) => fname as string);

it('a display name that changes in the directory follows in conversations within the same run', async () => {
  await sync(many(3));
  await talk('p0', 'p1');
  await sync([toPerson('p0', { cn: 'Ada Lovelace' }), ...many(3).slice(1)]);
  expect(await shown()).toEqual(['Ada Lovelace', 'Somebody']);
  expect(await user('p0')).not.toHaveProperty('ldapSync');
});

it('a display name and a user name that change at once follow together', async () => {
  await sync(many(3));
  await talk('p0');
  await sync([toPerson('p0', { uid: 'ada', cn: 'Ada Lovelace' }), ...many(3).slice(1)]);
  expect(await shown()).toEqual(['Ada Lovelace']);
  expect(await subscriptions().findOne({})).toMatchObject({ name: 'ada' });
  expect(await user('ada')).not.toHaveProperty('ldapSync');
});

it('a display name that was written by a run that was killed follows in the next one', async () => {
  await sync(many(3));
  await talk('p0', 'p1');
  await set('p0', { name: 'Ada Lovelace', ldapSync: { namedFrom: 'Somebody', unfinished: ['namedFrom'] } });
  await sync([toPerson('p0', { cn: 'Ada Lovelace' }), ...many(3).slice(1)]);
  expect(await shown()).toEqual(['Ada Lovelace', 'Somebody']);
});

it('another change of the user leaves the conversations alone', async () => {
  await sync(many(3));
  await talk('p0');
  await subscriptions().updateMany({}, { $set: { fname: 'As it was' } });
  const { counts } = await sync([toPerson('p0', { telephoneNumber: '42' }), ...many(3).slice(1)]);
  expect(counts).toMatchObject({ updated: 1 });
  expect(await shown()).toEqual(['As it was']);
});

it('a user with an odd `ldapSync` gets the name all the same', async () => {
  await sync(many(3));
  await set('p0', { ldapSync: 'of the host' });
  const { counts } = await sync([toPerson('p0', { cn: 'Ada Lovelace' }), ...many(3).slice(1)]);
  expect(counts).toMatchObject({ updated: 1, rejected: 0 });
  expect(await user('p0')).toMatchObject({ name: 'Ada Lovelace', ldapSync: 'of the host' });
});
