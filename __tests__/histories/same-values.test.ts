import { toPerson, useHistories, type Values } from '../setup/histories.js';

const { addressesOf, changes, collection, set, sync, user } = useHistories();
const DISABLING = { LDAP_Background_Sync_Disable_Missing_Users: true };
const PNG = (text: string) => Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from(text)]);

const NAMES: Values = {
  uid: ['ada', 'lovelace'],
  cn: ['Ada Lovelace', 'Augusta Ada King'],
  mail: ['ada@x.org', 'countess@x.org'],
  telephoneNumber: ['1815', '1852'],
};
const reversed = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value) ? [...value].reverse() : value,
    ]),
  );

describe('a person with two values of everything', () => {
  it('is the same in whatever order the directory sends them', async () => {
    await sync([toPerson('ada', NAMES)]);
    const before = await user('ada');
    expect(before).toMatchObject({ name: 'Ada Lovelace', sipExtension: '1815' });
    const run = await sync([toPerson('ada', reversed(NAMES))]);
    expect(run).toMatchObject({ state: 'completed', counts: { unchanged: 1, updated: 0 } });
    expect(await changes(run._id)).toEqual([]);
    expect(await user('ada')).toEqual(before);
  });

  it('keeps what is stored while it is still among the values, whichever it is', async () => {
    await sync([toPerson('ada', NAMES)]);
    const chosen = {
      username: 'lovelace',
      name: 'Augusta Ada King',
      sipExtension: '1852',
      emails: [
        { address: 'countess@x.org', verified: true },
        { address: 'ada@x.org', verified: true },
      ],
    };
    await set('ada', chosen);
    expect((await sync([toPerson('ada', NAMES)])).counts).toMatchObject({ unchanged: 1 });
    expect(await user('lovelace')).toMatchObject(chosen);
  });

  it('keeps an address that was built of either user name', async () => {
    const settings = { LDAP_Default_Domain: 'corp.org' };
    const ada = (...uid: string[]) => toPerson('ada', { uid, mail: [] });
    await sync([ada('lovelace')], settings);
    expect((await sync([ada('ada', 'lovelace')], settings)).counts).toMatchObject({ unchanged: 1 });
    expect((await sync([ada('lovelace', 'ada')], settings)).counts).toMatchObject({ unchanged: 1 });
    expect(await addressesOf('lovelace')).toBe('lovelace@corp.org');
    await sync([ada('ada')], settings);
    expect(await addressesOf('ada')).toBe('ada@corp.org');
  });

  it('gets another value when the stored one is gone', async () => {
    await sync([toPerson('ada', NAMES)]);
    await sync([
      toPerson('ada', { ...NAMES, uid: 'lovelace', cn: 'Augusta Ada King', telephoneNumber: '1852' }),
    ]);
    expect(await user('lovelace')).toMatchObject({ name: 'Augusta Ada King', sipExtension: '1852' });
  });
});

describe('a unique id with two values', () => {
  const byUid = { ...DISABLING, LDAP_Unique_Identifier_Field: 'employeeNumber' };
  const ada = (...employeeNumber: string[]) => toPerson('ada', { employeeNumber });
  const OTHERS = ['b', 'c', 'd'].map((name) => toPerson(name, { employeeNumber: `9${name}` }));

  it('is the one that the user is linked by, though another sorts before it', async () => {
    await sync([ada('7'), ...OTHERS], byUid);
    const before = await user('ada');
    const run = await sync([ada('7', '1'), ...OTHERS], byUid);
    expect(run).toMatchObject({ state: 'completed', counts: { unchanged: 4, created: 0, deactivated: 0 } });
    expect(await user('ada')).toEqual(before);
    expect((await sync([ada('1', '7'), ...OTHERS], byUid)).counts).toMatchObject({ unchanged: 4 });
  });

  it('still tells two entries apart', async () => {
    await sync([ada('7'), ...OTHERS], byUid);
    const bob = toPerson('bob', { employeeNumber: '7' });
    const run = await sync([bob, ada('7', '1'), ...OTHERS], byUid);
    expect(run.counts).toMatchObject({ conflicted: 1, deactivated: 0 });
    expect(await collection('users').countDocuments({ active: false })).toBe(0);
  });
});

describe('addresses', () => {
  it('stay in the order they are stored in, unless the entry names the main one', async () => {
    const ada = (...mail: string[]) => toPerson('ada', { mail });
    await sync([ada('b@x.org')]);
    await sync([ada('a@x.org', 'b@x.org')]);
    expect(await addressesOf('ada')).toBe('b@x.org a@x.org');
    expect((await sync([ada('smtp:b@x.org', 'smtp:a@x.org')])).counts).toMatchObject({ unchanged: 1 });
    expect((await sync([ada('smtp:b@x.org', 'SMTP:a@x.org')])).counts).toMatchObject({ updated: 1 });
    expect(await addressesOf('ada')).toBe('a@x.org b@x.org');
  });

  it('of which one is none are synced, and the report says which', async () => {
    const run = await sync([toPerson('ada', { mail: ['ada@x.org', 'ada@x@x'] })]);
    expect(run).toMatchObject({
      counts: { created: 1, rejected: 0 },
      attention: [{ outcome: 'created', code: 'unusable-address', params: { address: 'ada@x@x' } }],
    });
    expect(await addressesOf('ada')).toBe('ada@x.org');
  });

  it.each([
    ['composed and decomposed', 'jos\u00e9@x.org', 'jose\u0301@x.org'],
    ['a domain in Unicode and in punycode', 'a@b\u00fccher.example', 'a@xn--bcher-kva.example'],
  ])('are not written anew for their encoding: %s', async (_, one, other) => {
    await sync([toPerson('ada', { mail: one })]);
    expect((await sync([toPerson('ada', { mail: other })])).counts).toMatchObject({ unchanged: 1 });
    await set('ada', { emails: [{ address: other, verified: true }] });
    expect((await sync([toPerson('ada', { mail: one })])).counts).toMatchObject({ unchanged: 1 });
  });

  it.each([
    ['another case beyond ASCII', '\u00c9cole@x.org', '\u00e9cole@x.org'],
    ['a decomposed letter', 'e\u0301cole@x.org', '\u00e9cole@x.org'],
    ['a letter that the entry decomposes', '\u00e9cole@x.org', 'e\u0301cole@x.org'],
    ['another encoding of the domain', 'a@b\u00fccher.example', 'a@XN--bcher-kva.example'],
    ['a domain in punycode', 'a@xn--bcher-kva.example', 'a@b\u00fccher.example'],
    ['an invisible character', 'a\u200bda@x.org', 'ada@x.org'],
    ['the Kelvin sign', '\u212aim@x.org', 'kim@x.org'],
  ])(
    'of another account stand in the way, though written with %s, and are never merged by',
    async (...row) => {
      const [, stored, mail] = row;
      await sync([]);
      await collection('users').insertOne({
        _id: 'own' as never,
        username: 'somebody',
        type: 'user',
        active: true,
        roles: ['user'],
        emails: [{ address: stored, verified: true }],
      });
      const run = await sync([toPerson('ada', { mail })], { LDAP_Merge_Existing_Users: true });
      expect(run.counts).toMatchObject({ conflicted: 1, created: 0, linked: 0 });
    },
  );
});

it.each([
  ['another case', '\u00c9COLE'],
  ['a decomposed letter', 'e\u0301cole'],
  ['an invisible character', '\u00e9c\u200bole'],
])('a user name of another account stands in the way, though written with %s', async (_, username) => {
  await collection('users').insertOne({ _id: 'own' as never, username, type: 'user', active: true });
  const run = await sync([toPerson('\u00e9cole', { mail: 'a@x.org' })], { UTF8_Names_Slugify: false });
  expect(run.counts).toMatchObject({ conflicted: 1, created: 0 });
});

it('an account whose name is only written with invisible characters is shown so', async () => {
  await collection('users').insertOne({
    _id: 'own' as never,
    username: 'a\u200bda',
    type: 'user',
    active: true,
  });
  const run = await sync([toPerson('ada')]);
  expect(run.attention).toEqual([
    expect.objectContaining({ reason: expect.stringContaining('(a<U+200B>da, id own)') }),
  ]);
});

it('nobody is told of an address that is not synced', async () => {
  const run = await sync([toPerson('ada', { mail: ['ada@x.org', 'none'] })], { LDAP_Background_Sync: false });
  expect(run).toMatchObject({ state: 'completed', attention: [] });
});

describe('several photos', () => {
  it('are not taken by turns', async () => {
    const photos = (...jpegPhoto: Buffer[]) => [toPerson('ada', { jpegPhoto } as never)];
    const settings = { LDAP_Sync_User_Avatar: true, LDAP_Background_Sync_Avatars: true };
    await sync(photos(PNG('b'), PNG('a')), settings);
    const before = await user('ada');
    await sync(photos(PNG('a'), PNG('b')), settings);
    expect((await user('ada'))?.ldapSync).toEqual(before?.ldapSync);
  });
});

it('the spelling of an attribute name is no difference', async () => {
  const settings = { ...DISABLING, LDAP_Unique_Identifier_Field: 'entryUUID' };
  await sync([toPerson('ada'), toPerson('b'), toPerson('c')], settings);
  await set('ada', { 'services.ldap.idAttribute': 'ENTRYuuid' });
  expect((await sync([toPerson('ada'), toPerson('b'), toPerson('c')], settings)).counts).toMatchObject({
    unchanged: 3,
  });
  // A removal finds the person by the spelling that is stored.
  const run = await sync([toPerson('ada', { uid: 'lovelace' }), toPerson('b'), toPerson('c')], settings);
  expect(run).toMatchObject({ state: 'completed', counts: { updated: 1, conflicted: 0 } });
  expect(await user('lovelace')).toMatchObject({ services: { ldap: { idAttribute: 'ENTRYuuid' } } });
});
