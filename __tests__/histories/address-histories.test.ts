import { many, toPerson, useHistories, type Values } from '../setup/histories.js';

const {
  addressesOf,
  collection,
  people,
  previewThenRun,
  revert,
  set: setOf,
  sync,
  user: userOf,
} = useHistories();
const OTHERS = many(3);
const users = () => collection('users');
const user = (username = 'ada') => userOf(username);
const set = (fields: object) => setOf('ada', fields);

describe('an address and an extension', () => {
  it('that one run took are given back each by itself, when the extension was changed since', async () => {
    await sync([toPerson('ada', { telephoneNumber: '42' }), ...OTHERS]);
    const run = await sync([toPerson('ada', { mail: 'new@x.org' }), ...OTHERS]);
    expect(run.counts).toMatchObject({ updated: 1, unchanged: 3 });
    await set({ sipExtension: '77' });
    await revert(run._id);
    expect(await user()).toMatchObject({ sipExtension: '77', emails: [{ address: 'ada@x.org' }] });
  });

  it('that one run took are given back each by itself, when the address is taken by now', async () => {
    await sync([toPerson('ada', { telephoneNumber: '42' }), ...OTHERS]);
    const run = await sync([toPerson('ada', { mail: 'new@x.org' }), ...OTHERS]);
    await users().insertOne({
      _id: 'local' as never,
      username: 'local',
      emails: [{ address: 'ada@x.org', verified: true }],
    });
    await revert(run._id);
    expect(await user()).toMatchObject({ sipExtension: '42', emails: [{ address: 'new@x.org' }] });
  });

  it('are taken each by itself: a conflict about the address keeps no extension', async () => {
    await sync([toPerson('ada', { telephoneNumber: '42' }), ...OTHERS]);
    expect((await sync([toPerson('ada', { mail: 'p0@x.org' }), ...OTHERS])).counts).toMatchObject({
      conflicted: 1,
      updated: 0,
    });
    expect(await user()).not.toHaveProperty('sipExtension');
  });

  it('of one person count as one person for the guard', async () => {
    const settings = { LDAP_Guard_Always_Allowed: 2 };
    const people = (values: Values) => [
      toPerson('a', values),
      toPerson('b', values),
      toPerson('c', { telephoneNumber: '9' }),
    ];
    await sync(people({ telephoneNumber: '42' }), settings);
    const changed = [
      toPerson('a', { mail: 'new-a@x.org' }),
      toPerson('b', { mail: 'new-b@x.org' }),
      toPerson('c', { telephoneNumber: '9' }),
    ];
    expect(await sync(changed, settings)).toMatchObject({ state: 'completed', counts: { updated: 2 } });
  });
});

it(
  'a wrong LDAP_Email_Field is held, however few there are, whether or not addresses can be made of user ' +
    'names',
  async () => {
    await sync(many(8));
    const before = (await users().find({}).toArray()).map(({ emails }) => emails as unknown);
    // Without a default domain the address is taken from mail.
    expect(await sync(many(8), { LDAP_Email_Field: 'mial', LDAP_Default_Domain: '' })).toMatchObject({
      state: 'completed',
      counts: { unchanged: 8 },
    });
    expect(
      (await sync(many(8), { LDAP_Email_Field: 'mial', LDAP_Default_Domain: 'wrong.example' })).state,
    ).toBe('held');
    expect((await users().find({}).toArray()).map(({ emails }) => emails as unknown)).toEqual(before);
  },
);

it('a revert gives a chain of addresses back, however many people are in it', async () => {
  const settings = {
    LDAP_Guard_Always_Allowed: 1_000,
    LDAP_Guard_Clearings_Maximum: 1_000,
    LDAP_Search_Page_Size: 100,
  };
  await sync(many(255), settings);
  const all = async () =>
    (await users().find({}).sort({ username: 1 }).toArray()).map(({ emails }) => emails as unknown);
  const before = await all();
  const run = await sync(
    many(255, (index) => ({ mail: index === 0 ? 'p254@x.org' : `n${index}@x.org` })),
    settings,
  );
  expect(run).toMatchObject({ state: 'completed', counts: { updated: 255 } });
  expect(await revert(run._id)).toMatchObject({ counts: { updated: 255 }, attention: [] });
  expect(await all()).toEqual(before);
});

describe('a preview says what the run does', () => {
  const CHANGED = [toPerson('ada', { mail: 'new@x.org' }), ...OTHERS];

  it('when the id attribute is stored in another case', async () => {
    await sync([toPerson('ada'), ...OTHERS]);
    await set({ 'services.ldap.idAttribute': 'entryuuid' });
    expect((await previewThenRun(CHANGED)).counts.updated).toBe(1);
  });

  it.each([
    ['a list', ['1', '2']],
    ['an object', { a: 1 }],
    ['an operator', { $gt: '' }],
    ['a date', new Date(5)],
  ])('when the stored extension is %s', async (_, sipExtension) => {
    await sync([toPerson('ada'), ...OTHERS]);
    await users().replaceOne({ username: 'ada' }, { ...(await user()), sipExtension });
    await previewThenRun([toPerson('ada'), ...OTHERS]);
    expect(await user()).not.toHaveProperty('sipExtension');
  });

  it.each([
    ['a list for an address', [{ address: ['x@x.org'] }, { address: 'ada@x.org', verified: true }]],
    ['a list for an element', [[{ address: 'y@x.org' }], { address: 'ada@x.org', verified: true }]],
    ['a number for an address', [{ address: 5 }, { address: 'ada@x.org', verified: true }]],
    [
      'an address twice',
      [
        { address: 'ada@x.org', verified: true },
        { address: 'ada@x.org', verified: false },
      ],
    ],
    ['an empty address', [{ address: '' }, { address: 'ada@x.org' }]],
    ['capitals', [{ address: 'ADA@x.org' }, { address: 'b@x.org' }]],
    ['operators beside the address', [{ address: 'ada@x.org', verified: true, $meta: 1, 'a.b': 2 }]],
  ])('when the stored addresses hold %s', async (_, emails) => {
    await sync([toPerson('ada'), ...OTHERS]);
    await users().replaceOne({ username: 'ada' }, { ...(await user()), emails });
    await previewThenRun(CHANGED);
    expect((await user())?.emails).toEqual([{ address: 'new@x.org', verified: true }]);
  });

  it('when somebody is merged while addresses are passed on', async () => {
    const settings = { LDAP_Merge_Existing_Users: true };
    await sync(many(4), settings);
    await users().insertOne({
      _id: 'account' as never,
      username: 'ada',
      type: 'user',
      active: true,
      roles: ['user'],
      emails: ['private@x.org', 'ada.l@x.org'].map((address) => ({ address, verified: true })),
      createdAt: new Date(0),
    });
    await previewThenRun(
      [
        toPerson('ada', { mail: 'ada.l@x.org' }),
        toPerson('p0', { mail: 'private@x.org' }),
        toPerson('p1', { mail: 'P0@x.org' }),
        ...many(4).slice(2),
      ],
      settings,
    );
    expect([await addressesOf('ada'), await addressesOf('p0'), await addressesOf('p1')]).toEqual([
      'ada.l@x.org',
      'private@x.org',
      'P0@x.org',
    ]);
  });

  it.each(['p0@x.org', 'P0@X.org'])(
    'when somebody new wants %s, which is free in the run after, and nobody is taken over',
    async (mail) => {
      const settings = { LDAP_Merge_Existing_Users: true };
      const entries = [toPerson('zoe', { mail }), toPerson('p0', { mail: 'gone@x.org' }), ...OTHERS.slice(1)];
      await sync(OTHERS, settings);
      const counts = [];
      for (let index = 0; index < 3; index += 1)
        counts.push((await previewThenRun(entries, settings)).counts);
      expect(counts).toMatchObject([{ conflicted: 1, updated: 1 }, { created: 1 }, { unchanged: 4 }]);
    },
  );

  it('when somebody is renamed, gets another address and is switched off, all of which a revert takes back', async () => {
    const settings = { LDAP_Sync_User_Active_State: 'both' };
    await sync([toPerson('ada', { telephoneNumber: '42' }), ...many(4)], settings);
    const before = await people();
    const run = await previewThenRun(
      [
        toPerson('ada', { uid: 'countess', mail: 'countess@x.org', nsAccountLock: 'TRUE' }),
        toPerson('p0', { uid: 'ada', mail: 'ada@x.org' }),
        ...many(4).slice(1),
      ],
      settings,
    );
    expect(await user('countess')).toMatchObject({ active: false, emails: [{ address: 'countess@x.org' }] });
    await revert(run._id);
    expect(await people()).toEqual(before);
  });
});
