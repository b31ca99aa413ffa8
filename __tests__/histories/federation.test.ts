import type { RunReport } from '../../models/run-report.js';
import { ROOMS, SUBSCRIPTIONS } from '../setup/chat-rooms.js';
import {
  hex,
  many,
  toLinkedUser,
  toPerson,
  useHistories,
  type Entries,
  type Settings,
  type Values,
} from '../setup/histories.js';

const { changes, collection, database, engine, previewThenRun, revert, set, sync, user } = useHistories();

const FEDERATED: Settings = {
  LDAP_FederationHomeServer_Field: 'homeServer',
  Federation_Service_Enabled: true,
  Federation_Service_Domain: 'chat.x.org',
};
const MISSING: Settings = { ...FEDERATED, LDAP_Background_Sync_Disable_Missing_Users: true };
const BOTH: Settings = { ...FEDERATED, LDAP_Sync_User_Active_State: 'both' };
const OTHER = 'other.example';
const NAME = `@ada:${OTHER}`;

const ada = (values: Values = {}) => toPerson('ada', { homeServer: OTHER, cn: 'Ada Lovelace', ...values });
const bob = toPerson('bob', { homeServer: 'chat.x.org' });
const codesOf = ({ attention }: RunReport) => attention.map(({ code }) => code);
const everybody = async () => {
  const users = await collection('users').find({}).sort({ username: 1 }).toArray();
  return users.map(({ username, federated, active }) => [username, federated, active]);
};

describe('a person of another home server', () => {
  it('becomes a federated account without an address, as in Rocket.Chat; a second run writes nothing', async () => {
    const run = await previewThenRun([ada(), bob, toPerson('cy')], FEDERATED);
    expect(run).toMatchObject({ state: 'completed', counts: { created: 3 }, problems: [], attention: [] });
    const stored = await user(NAME);
    expect(stored).toMatchObject({
      username: NAME,
      name: 'Ada Lovelace',
      federated: true,
      emails: [],
      type: 'user',
      ldap: true,
      active: true,
      roles: ['user'],
      importIds: [ada().dn],
      services: { ldap: { id: hex('id-ada'), idAttribute: 'entryUUID' } },
    });
    for (const name of ['bob', 'cy']) {
      expect(await user(name)).toMatchObject({ emails: [{ address: `${name}@x.org` }] });
      expect(await user(name)).not.toHaveProperty('federated');
    }
    const [row] = (await changes(run._id)).filter(({ username }) => username === NAME);
    expect(row?.fields).toContainEqual({ field: 'federated', to: true });
    const second = await sync([ada(), bob, toPerson('cy')], FEDERATED);
    expect(second.counts).toMatchObject({ unchanged: 3, updated: 0 });
    expect(await user(NAME)).toEqual(stored);
  });

  it('is found again by the id, and keeps name and photo up to date like others', async () => {
    await sync([ada()], FEDERATED);
    expect(await sync([ada({ cn: 'Ada Byron' })], FEDERATED)).toMatchObject({ counts: { updated: 1 } });
    expect(await user(NAME)).toMatchObject({ name: 'Ada Byron', emails: [], federated: true });
  });

  it('is one of several without an address, however strict the indexes and the allowed domains are', async () => {
    await collection('users').createIndex({ 'emails.address': 1 }, { unique: true, sparse: true });
    const people = ['p', 'q', 'r'].map((name) => toPerson(name, { homeServer: OTHER }));
    const run = await sync(people, { ...FEDERATED, Accounts_AllowedDomainsList: 'y.org' });
    expect(run.counts).toMatchObject({ created: 3, rejected: 0 });
  });

  it('has a name guessed of the user name alone, and no address of the default domain', async () => {
    await sync([ada({ cn: [], mail: [] })], { ...FEDERATED, LDAP_Default_Domain: 'x.org' });
    expect(await user(NAME)).toMatchObject({ name: 'Ada', emails: [] });
  });

  it('joins no default channel, since the room is none of that server', async () => {
    const room = { _id: 'GENERAL', t: 'c', name: 'general', default: true, usersCount: 0, msgs: 0 };
    await collection(ROOMS).insertOne(room as never);
    await database().connection.createCollection(SUBSCRIPTIONS);
    expect(await sync([ada(), bob], FEDERATED)).toMatchObject({ joined: 1 });
    const joined = await collection(SUBSCRIPTIONS).find({}).toArray();
    expect(joined.map(({ u }) => (u as { username: string }).username)).toEqual(['bob']);
    expect(await user(NAME)).not.toHaveProperty('ldapSync.joins');
  });

  it('is no user but a row while federation is off, or the domain is not set', async () => {
    for (const off of [{ Federation_Service_Enabled: false }, { Federation_Service_Domain: ' ' }]) {
      const run = await previewThenRun([ada(), toPerson('cy')], { ...FEDERATED, ...off });
      expect(run).toMatchObject({ state: 'completed', counts: { rejected: 1 }, problems: [] });
      expect(run.attention).toMatchObject([
        { code: 'federation-off', outcome: 'rejected', dn: ada().dn, remedy: expect.stringContaining(' ') },
      ]);
    }
    expect(await everybody()).toEqual([['cy', undefined, true]]);
  });

  it('is not merged into an account of this server, whatever they share, nor is that a pair', async () => {
    const local = { type: 'user', active: true, roles: ['user'], services: {} };
    const mine = { emails: [{ address: 'ada@x.org', verified: true }] };
    await collection('users').insertOne({ _id: 'a', username: 'ada', ...local, ...mine } as never);
    await collection('users').insertOne({ _id: 'b', username: NAME, ...local, emails: [] } as never);
    const run = await previewThenRun([ada()], { ...FEDERATED, LDAP_Merge_Existing_Users: true });
    expect(run).toMatchObject({ state: 'completed', counts: { conflicted: 1, created: 0, linked: 0 } });
    expect(run.attention).toMatchObject([{ code: 'names-belong-to-another' }]);
    expect(await collection('users').countDocuments({ 'services.ldap': { $exists: true } })).toBe(0);
  });

  it('whose account is there already is told how to link the two', async () => {
    await collection('users').insertOne({ _id: 'f', username: NAME, type: 'user', federated: true } as never);
    const run = await sync([ada()], { ...FEDERATED, LDAP_Merge_Existing_Users: true });
    expect(run.attention[0]?.remedy).toContain(`services.ldap of f: { id: "${hex('id-ada')}"`);
    await collection('users').updateOne(
      { username: NAME },
      { $set: { services: { ldap: { id: hex('id-ada'), idAttribute: 'entryUUID' } } } },
    );
    expect(await sync([ada()], FEDERATED)).toMatchObject({ counts: { updated: 1 }, attention: [] });
  });
});

describe('an account is never converted:', () => {
  it('a local user whose entry names another server is a row, and stays as is, and is not missing', async () => {
    await sync([toPerson('ada'), bob], MISSING);
    const before = await user('ada');
    const run = await previewThenRun([ada({ mail: [] }), bob], MISSING);
    expect(run).toMatchObject({ state: 'completed', counts: { rejected: 1, unchanged: 1, deactivated: 0 } });
    expect(run.attention).toMatchObject([
      { code: 'federation-conversion', userId: before?._id, username: 'ada', params: { server: OTHER } },
    ]);
    expect(await user('ada')).toEqual(before);
  });

  it('the same while federation is off', async () => {
    await sync([toPerson('ada'), bob], MISSING);
    const before = await user('ada');
    const run = await sync([ada(), bob], { ...MISSING, Federation_Service_Enabled: false });
    expect([run.state, codesOf(run), run.counts.deactivated]).toEqual(['completed', ['federation-off'], 0]);
    expect(await user('ada')).toEqual(before);
  });

  it.each([{ homeServer: [] }, { homeServer: 'chat.x.org' }])(
    'a federated user whose entry names none is a row, and stays as is: %j',
    async (values) => {
      await sync([ada(), bob], MISSING);
      const before = await user(NAME);
      const run = await previewThenRun([ada(values), bob], MISSING);
      expect(run).toMatchObject({ state: 'completed', counts: { rejected: 1, unchanged: 1 } });
      expect(run.attention).toMatchObject([{ code: 'federation-conversion', username: NAME }]);
      expect(await user(NAME)).toEqual(before);
    },
  );

  it('the same where the setting is emptied', async () => {
    await sync([ada(), bob], MISSING);
    const run = await sync([ada(), bob], { ...MISSING, LDAP_FederationHomeServer_Field: '' });
    expect(codesOf(run)).toEqual(['federation-conversion']);
    expect(await everybody()).toEqual([
      [NAME, true, true],
      ['bob', undefined, true],
    ]);
  });

  it('a local user who is disabled in the same change is switched off all the same', async () => {
    await sync([toPerson('ada'), bob], BOTH);
    const run = await sync([ada({ loginDisabled: 'TRUE' }), bob], BOTH);
    expect([run.counts.deactivated, codesOf(run)]).toEqual([1, expect.arrayContaining(['switched-off'])]);
    expect(await user('ada')).toMatchObject({ active: false, username: 'ada' });
  });

  it('a waiting removal of a local user does nothing once the entry names another server', async () => {
    const held = { ...FEDERATED, LDAP_Guard_Always_Allowed: 1, LDAP_Guard_Renames_Percent: 1 };
    const people = many(4);
    await sync([...people, toPerson('ada')], held);
    const renamed = people.map(({ dn }, index) => ({
      ...toPerson(`p${index}`, { uid: `new${index}` }),
      dn,
    }));
    const run = await sync([...renamed, toPerson('ada', { uid: 'countess' })], held);
    expect(run).toMatchObject({ state: 'held', held: { renames: 5 } });
    const approved = await engine([...renamed, ada({ uid: 'countess' })], held).approve(run._id);
    expect(approved.counts.updated).toBe(4);
    expect(await user('ada')).toMatchObject({ username: 'ada', emails: [{ address: 'ada@x.org' }] });
  });
});

describe('a federated user', () => {
  it.each([[{ uid: 'countess' }], [{ homeServer: 'third.example' }], [{ uid: ['zoe', 'yan'] }]])(
    'is never renamed, and the row says so: %j',
    async (values) => {
      await sync([ada(), bob], FEDERATED);
      const run = await previewThenRun([ada(values), bob], {
        ...FEDERATED,
        UTF8_User_Names_Validation: '.*',
      });
      expect([run.state, codesOf(run)]).toEqual(['completed', ['federated-not-renamed']]);
      expect(await user(NAME)).toMatchObject({ federated: true });
    },
  );

  it('keeps the name that is one of several', async () => {
    await sync([ada(), bob], FEDERATED);
    expect(codesOf(await sync([ada({ uid: ['aaa', 'ada'] }), bob], FEDERATED))).toEqual([]);
  });

  it('who is missing is left on with a row, and others are switched off', async () => {
    const people = [ada(), bob, ...many(3)];
    await sync(people, MISSING);
    const run = await previewThenRun(people.slice(2), MISSING);
    expect(run).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
    expect(run.attention).toMatchObject([
      { code: 'federated-not-switched', username: NAME, params: { cause: 'missing' } },
      { code: 'switched-off', username: 'bob' },
    ]);
    expect(await user(NAME)).toMatchObject({ active: true });
    expect(await user(NAME)).not.toHaveProperty('ldapSync');
  });

  it('who is disabled or enabled is switched neither off nor on, and the row says so', async () => {
    await sync([ada(), bob], BOTH);
    const off = await previewThenRun([ada({ loginDisabled: 'TRUE' }), bob], BOTH);
    expect([off.state, codesOf(off), off.counts.deactivated]).toEqual([
      'completed',
      ['federated-not-switched'],
      0,
    ]);
    await set(NAME, { active: false });
    const on = await previewThenRun([ada(), bob], BOTH);
    expect([on.state, codesOf(on), on.counts.reactivated]).toEqual([
      'completed',
      ['federated-not-switched'],
      0,
    ]);
    expect(await user(NAME)).toMatchObject({ active: false });
  });

  it('whose entry is disabled and cannot be used is left on', async () => {
    await sync([ada(), bob], BOTH);
    const run = await sync([ada({ homeServer: 'no server', loginDisabled: 'TRUE' }), bob], BOTH);
    expect([codesOf(run), run.counts]).toEqual([
      ['unusable-home-server'],
      expect.objectContaining({ deactivated: 0, rejected: 1 }),
    ]);
    expect(await user(NAME)).toMatchObject({ active: true });
  });

  it('who was a local one when a list was held is not switched off by its approval', async () => {
    const people: Entries = [toPerson('ada'), ...many(3)];
    const guarded = { ...MISSING, LDAP_Guard_Always_Allowed: 0, LDAP_Guard_Deactivations_Percent: 1 };
    await sync(people, guarded);
    const held = await sync([bob], guarded);
    expect(held).toMatchObject({ state: 'held', held: { deactivations: 4 } });
    await set('ada', { federated: true });
    const approved = await engine([bob], guarded).approve(held._id);
    expect(approved.counts.deactivated).toBe(3);
    expect(codesOf(approved)).toContain('federated-not-switched');
    expect(await user('ada')).toMatchObject({ active: true });
  });

  it('is left alone by a revert of the run that created it', async () => {
    const run = await sync([ada(), bob], FEDERATED);
    await revert(run._id).catch(() => undefined);
    expect(await user(NAME)).toMatchObject({ active: true, federated: true });
  });

  it('keeps addresses that the chat server gave it', async () => {
    await sync([ada()], FEDERATED);
    await set(NAME, { emails: [{ address: 'own@other.example', verified: true }] });
    expect((await sync([ada()], FEDERATED)).counts).toMatchObject({ unchanged: 1 });
  });
});

it('a local person gets no name that looks like an account of another server', async () => {
  const raw = { UTF8_Names_Slugify: false, UTF8_User_Names_Validation: '.*' };
  const eve = toPerson('eve', { uid: '@ada:other.example' });
  expect(codesOf(await sync([eve], raw))).toEqual(['username-reserved']);
  await collection('users').insertOne(toLinkedUser('eve', { id: hex('id-eve'), idAttribute: 'entryUUID' }));
  expect(codesOf(await sync([eve], raw))).toEqual(['username-reserved']);
  expect(await user('eve')).not.toBeNull();
});
