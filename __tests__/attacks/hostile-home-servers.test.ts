import { abridge } from '../setup/abridge.js';
import { many, toPerson, useHistories } from '../setup/histories.js';

const { collection, sync } = useHistories();

const SETTINGS = {
  LDAP_FederationHomeServer_Field: 'homeServer',
  Federation_Service_Enabled: true,
  Federation_Service_Domain: 'chat.x.org',
};
const usernames = async () =>
  (await collection('users').find({}).sort({ username: 1 }).toArray()).map(({ username }) => username);

describe('a home server that tries to be something else', () => {
  it.each(
    [
      'chat.x.org@evil.example',
      '@admin:evil.example',
      'evil.example:443:chat.x.org',
      'chat.x.org\u200b',
      'сhat.x.org',
      '../chat.x.org',
      '{"$ne":null}',
      `${'a'.repeat(5_000)}.example`,
      Buffer.from([0xff, 0xfe]),
      'a\u0000b.example',
    ].map((server) => [abridge(server), server] as const),
  )('makes nobody of the entry, and the others are synced: %s', async (_, server) => {
    const run = await sync([toPerson('eve', { homeServer: server }), ...many(2)], SETTINGS);
    expect(run).toMatchObject({ state: 'completed', counts: { created: 2, rejected: 1 } });
    expect(JSON.stringify(run.attention).length).toBeLessThan(2_000);
    expect(await usernames()).toEqual(['p0', 'p1']);
  });

  it('among thousands of values makes nobody of the entry', async () => {
    const homeServer = Array.from({ length: 3_000 }, (_, index) => `s${index}.example`);
    const run = await sync([toPerson('eve', { homeServer })], SETTINGS);
    expect(run.counts).toMatchObject({ created: 0, rejected: 1 });
    expect(JSON.stringify(run.attention).length).toBeLessThan(2_000);
  });
});

describe('a user name that tries to be of another server', () => {
  const raw = { ...SETTINGS, UTF8_Names_Slugify: false };

  it.each(['admin:evil.example', '@admin', 'admin:evil.example@x', 'a\u202eb', 'ａdmin', 'x y'])(
    'makes nobody of the entry: %j',
    async (uid) => {
      const run = await sync([toPerson('eve', { uid, homeServer: 'other.example' })], raw);
      expect(run.counts.created + run.counts.rejected).toBe(1);
      for (const name of await usernames()) expect(name).toMatch(/^@[0-9A-Za-z._=/+-]+:other\.example$/);
    },
  );

  it('is a letter and no more where names are made of letters', async () => {
    await sync([toPerson('eve', { uid: '@admin:evil.example', homeServer: 'other.example' })], SETTINGS);
    expect(await usernames()).toEqual(['@admin.evil.example:other.example']);
  });
});

it('two people who claim one account of another server are one user and one conflict', async () => {
  const homeServer = 'other.example';
  const both = [toPerson('a', { uid: 'ada', homeServer }), toPerson('b', { uid: 'ADA', homeServer })];
  expect((await sync(both, SETTINGS)).counts).toMatchObject({ created: 1, conflicted: 1 });
});
