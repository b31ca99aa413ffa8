import { many, toPerson, useHistories } from '../../setup/histories.js';

const { collection, engine, set, sync, user } = useHistories();
const OTHERS = many(3);
const rooms = () => collection('rocketchat_room');
const subscriptions = () => collection('rocketchat_subscription');

/** Somebody called `z` talks to the user. */
async function talk(username: string, name = username): Promise<void> {
  const userId = String((await user(username))?._id);
  await rooms().insertOne({
    _id: `r-${username}` as never,
    t: 'd',
    uids: [userId, 'z'],
    usernames: [name, 'z'],
  });
  await subscriptions().insertOne({
    _id: `s-${username}` as never,
    t: 'd',
    rid: `r-${username}`,
    name,
    u: { _id: 'z', username: 'z' },
  });
}
const names = async () => [
  (await rooms().find({}).sort({ _id: 1 }).toArray()).map(({ usernames }) => (usernames as string[])[0]),
  (await subscriptions().find({}).sort({ _id: 1 }).toArray()).map(({ name }) => name as string),
];

it(
  'a renaming that was cut off carries through only the user’s own conversations, though somebody else ' +
    'has the old name by now',
  async () => {
    await sync(many(3));
    await talk('p0');
    await talk('p1');
    // p0 became zed, and the host died right after that; p1 is to be p0.
    await set('p0', { username: 'zed', ldapSync: { renamedFrom: 'p0', unfinished: ['renamedFrom'] } });
    await sync([toPerson('p1', { uid: 'p0' }), toPerson('p0', { uid: 'zed' }), toPerson('p2')]);
    expect(await names()).toEqual([
      ['zed', 'p0'],
      ['zed', 'p0'],
    ]);
    expect(await user('zed')).not.toHaveProperty('ldapSync');
  },
);

it('a second renaming carries through what the first had left undone', async () => {
  await sync([toPerson('ada'), ...OTHERS]);
  await talk('ada', 'before');
  await set('ada', { ldapSync: { renamedFrom: 'before' } });
  await sync([toPerson('ada', { uid: 'countess' }), ...OTHERS]);
  expect(await names()).toEqual([['countess'], ['countess']]);
});

it('a renaming that is not done carries nothing through, and one that is done later does', async () => {
  const settings = { LDAP_Guard_Always_Allowed: 1 };
  await sync([toPerson('ada'), ...OTHERS], settings);
  await talk('ada');
  const changed = [toPerson('ada', { uid: 'countess' }), toPerson('p0', { uid: 'n0' }), ...OTHERS.slice(1)];
  const held = await sync(changed, settings);
  await set('ada', { username: 'by-hand' });
  await engine(changed, settings).approve(held._id);
  expect(await names()).toEqual([['ada'], ['ada']]);
  await sync(changed, settings);
  expect(await names()).toEqual([['countess'], ['countess']]);
});
