import type { RunReport } from '../../lib/sync/report.js';
import { createEngine } from '../setup/engine.js';
import { toEntry } from '../setup/entries.js';
import { BASE } from '../setup/memory-directory.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';

type Values = Readonly<Record<string, string | readonly string[]>>;
type Entries = Parameters<ReturnType<typeof createEngine>['of']>[0];
type Settings = Readonly<Record<string, unknown>>;

const toPerson = (name: string, values: Values = {}) => toEntry(`cn=${name},${BASE}`, { entryUUID: `id-${name}`, uid: name, cn: 'Somebody', mail: `${name}@x.org`, ...values });
const many = (count: number, values: (index: number) => Values = () => ({})) => Array.from({ length: count }, (_, index) => toPerson(`p${index}`, values(index)));
const OTHERS = many(3);
const UNVERIFIED = { Accounts_Verify_Email_For_External_Accounts: false };

let database: TestDatabase;
let engine: ReturnType<typeof createEngine>;
beforeEach(async () => {
  database = await openTestDatabase();
  engine = createEngine(database.connection);
});
afterEach(() => database.close());

const users = () => database.connection.collection('users');
const user = (username = 'ada') => users().findOne({ username });
const set = (fields: object, username = 'ada') => users().updateOne({ username }, { $set: fields });
const addressesOf = async (username = 'ada') => ((await user(username))?.emails as { address: string }[]).map(({ address }) => address).join(' ');
const sync = (entries: Entries, settings: Settings = {}) => engine.of(entries, settings).sync();
const revert = (runId: string) => engine.of([], {}).revert(runId);
const with2 = (first: string, second: string) => [toPerson('ada', { mail: [first, second] }), ...OTHERS];

async function previewThenRun(entries: Entries, settings: Settings = {}): Promise<RunReport> {
  const preview = await engine.of(entries, settings).preview();
  const run = await sync(entries, settings);
  const rows = async (runId: string) => (await engine.of([], {}).changes(runId)).map(({ kind, outcome, state, username, fields, reason }) => ({ kind, outcome, state, username, fields, reason }));
  expect({ state: preview.state, counts: preview.counts, rows: await rows(preview._id) }).toEqual({ state: run.state, counts: run.counts, rows: await rows(run._id) });
  return run;
}

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
    await users().insertOne({ _id: 'local' as never, username: 'local', emails: [{ address: 'ada@x.org', verified: true }] });
    await revert(run._id);
    expect(await user()).toMatchObject({ sipExtension: '42', emails: [{ address: 'new@x.org' }] });
  });

  it('are taken each by itself: a conflict about the address keeps no extension', async () => {
    await sync([toPerson('ada', { telephoneNumber: '42' }), ...OTHERS]);
    expect((await sync([toPerson('ada', { mail: 'p0@x.org' }), ...OTHERS])).counts).toMatchObject({ conflicted: 1, updated: 0 });
    expect(await user()).not.toHaveProperty('sipExtension');
  });

  it('of one person count as one person for the guard', async () => {
    const settings = { LDAP_Guard_Always_Allowed: 2 };
    const people = (values: Values) => [toPerson('a', values), toPerson('b', values), toPerson('c', { telephoneNumber: '9' })];
    await sync(people({ telephoneNumber: '42' }), settings);
    const changed = [toPerson('a', { mail: 'new-a@x.org' }), toPerson('b', { mail: 'new-b@x.org' }), toPerson('c', { telephoneNumber: '9' })];
    expect(await sync(changed, settings)).toMatchObject({ state: 'completed', counts: { updated: 2 } });
  });
});

describe('a conflict about an address that nobody can solve', () => {
  it('does not hold what others are to lose, run after run', async () => {
    const settings = { LDAP_Background_Sync_Disable_Missing_Users: true };
    const shared = many(13, () => ({ mail: 'info@x.org' }));
    await sync([toPerson('gone'), ...many(13)], settings);
    const held = await sync([toPerson('gone'), ...shared], settings);
    expect(held).toMatchObject({ state: 'held', held: { clearings: 13 } });
    expect((await engine.of([toPerson('gone'), ...shared], settings).approve(held._id)).counts).toMatchObject({ updated: 1, conflicted: 12 });
    expect(await previewThenRun([toPerson('gone'), ...shared], settings)).toMatchObject({ state: 'completed', counts: { conflicted: 12 } });
    expect(await sync(shared, settings)).toMatchObject({ state: 'completed', counts: { conflicted: 12, deactivated: 1 } });
  });

  it('about a user name does not, either', async () => {
    const settings = { LDAP_Guard_Always_Allowed: 2, LDAP_Background_Sync_Disable_Missing_Users: true };
    await sync([toPerson('gone'), ...many(4)], settings);
    await users().insertMany(['x0', 'x1', 'x2'].map((username) => ({ _id: username as never, username, type: 'user', active: true })));
    const renamed = many(4, (index): Values => (index < 3 ? { uid: `x${index}` } : {}));
    expect(await sync(renamed, settings)).toMatchObject({ state: 'completed', counts: { conflicted: 3, deactivated: 1 } });
  });

  it('counts all the same while whoever has the address is to give it up', async () => {
    const settings = { LDAP_Guard_Always_Allowed: 2 };
    await sync(many(4), settings);
    const chain = many(4, (index) => ({ mail: index === 3 ? 'new@x.org' : `p${index + 1}@x.org` }));
    expect(await sync(chain, settings)).toMatchObject({ state: 'held', held: { clearings: 4 } });
  });
});

it('a wrong LDAP_Email_Field is held, however few there are, whether or not addresses can be made of user names', async () => {
  await sync(many(8));
  const before = (await users().find({}).toArray()).map(({ emails }) => emails as unknown);
  // Without a default domain the address is taken from mail.
  expect(await sync(many(8), { LDAP_Email_Field: 'mial', LDAP_Default_Domain: '' })).toMatchObject({ state: 'completed', counts: { unchanged: 8 } });
  expect((await sync(many(8), { LDAP_Email_Field: 'mial', LDAP_Default_Domain: 'wrong.example' })).state).toBe('held');
  expect((await users().find({}).toArray()).map(({ emails }) => emails as unknown)).toEqual(before);
});

it('a user whom the database refuses is named, and nobody else waits for them', async () => {
  const settings = { LDAP_Background_Sync_Disable_Missing_Users: true };
  await sync([toPerson('ada'), toPerson('cy'), toPerson('gone'), ...OTHERS], settings);
  await database.connection.db?.command({ collMod: 'users', validator: { 'emails.address': { $ne: 'forbidden@x.org' }, username: { $ne: 'forbidden' } } });
  const run = await sync([toPerson('ada', { mail: 'forbidden@x.org' }), toPerson('cy', { uid: 'forbidden' }), toPerson('p0', { mail: 'new@x.org' }), ...OTHERS.slice(1)], settings);
  expect(run).toMatchObject({ state: 'completed', counts: { failed: 2, updated: 1, deactivated: 1 } });
  expect(run.attention).toContainEqual(expect.objectContaining({ username: 'ada', outcome: 'failed', reason: expect.stringContaining('refused') }));
  expect(await addressesOf('p0')).toBe('new@x.org');
});

describe('a revert', () => {
  it('gives a chain of addresses back, however many people are in it', async () => {
    const settings = { LDAP_Guard_Always_Allowed: 1_000, LDAP_Guard_Clearings_Maximum: 1_000, LDAP_Search_Page_Size: 100 };
    await sync(many(255), settings);
    const all = async () => (await users().find({}).sort({ username: 1 }).toArray()).map(({ emails }) => emails as unknown);
    const before = await all();
    const run = await sync(many(255, (index) => ({ mail: index === 0 ? 'p254@x.org' : `n${index}@x.org` })), settings);
    expect(run).toMatchObject({ state: 'completed', counts: { updated: 255 } });
    expect(await revert(run._id)).toMatchObject({ counts: { updated: 255 }, attention: [] });
    expect(await all()).toEqual(before);
  });

  it('leaves a confirmation alone that was earned since', async () => {
    await sync(with2('a@x.org', 'b@x.org'), UNVERIFIED);
    const run = await sync(with2('a@x.org', 'c@x.org'), UNVERIFIED);
    await set({ 'emails.0.verified': true });
    await revert(run._id);
    expect((await user())?.emails).toEqual([{ address: 'a@x.org', verified: true }, { address: 'b@x.org', verified: false }]);
  });

  it('gives back a confirmation that went with the address', async () => {
    await sync(with2('a@x.org', 'b@x.org'), UNVERIFIED);
    await set({ 'emails.1.verified': true });
    const run = await sync(with2('a@x.org', 'c@x.org'), UNVERIFIED);
    await revert(run._id);
    expect((await user())?.emails).toEqual([{ address: 'a@x.org', verified: false }, { address: 'b@x.org', verified: true }]);
  });
});

it('an approval is not refused because an address that stays was confirmed meanwhile', async () => {
  const people = (second: string) => many(12, (index) => ({ mail: [`p${index}@x.org`, `${second}${index}@x.org`] }));
  await sync(people('q'), UNVERIFIED);
  const held = await sync(people('r'), UNVERIFIED);
  expect(held.state).toBe('held');
  await set({ 'emails.0.verified': true }, 'p3');
  expect((await engine.of(people('r'), UNVERIFIED).approve(held._id)).counts).toMatchObject({ updated: 12 });
  expect((await user('p3'))?.emails).toEqual([{ address: 'p3@x.org', verified: true }, { address: 'r3@x.org', verified: false }]);
});

it('an address in another case keeps its confirmation', async () => {
  await sync([toPerson('ada'), ...OTHERS], UNVERIFIED);
  await set({ 'emails.0.verified': true });
  await sync([toPerson('ada', { mail: 'Ada@x.org' }), ...OTHERS], UNVERIFIED);
  expect((await user())?.emails).toEqual([{ address: 'Ada@x.org', verified: true }]);
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
    ['an address twice', [{ address: 'ada@x.org', verified: true }, { address: 'ada@x.org', verified: false }]],
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
    await users().insertOne({ _id: 'account' as never, username: 'ada', type: 'user', active: true, roles: ['user'], emails: [{ address: 'private@x.org', verified: true }], createdAt: new Date(0) });
    await previewThenRun([toPerson('ada', { mail: 'ada.l@x.org' }), toPerson('p0', { mail: 'private@x.org' }), toPerson('p1', { mail: 'P0@x.org' }), ...many(4).slice(2)], settings);
    expect([await addressesOf('ada'), await addressesOf('p0'), await addressesOf('p1')]).toEqual(['ada.l@x.org', 'private@x.org', 'P0@x.org']);
  });

  it.each(['p0@x.org', 'P0@X.org'])('when somebody new wants %s, which is free in the run after, and nobody is taken over', async (mail) => {
    const settings = { LDAP_Merge_Existing_Users: true };
    const entries = [toPerson('zoe', { mail }), toPerson('p0', { mail: 'gone@x.org' }), ...OTHERS.slice(1)];
    await sync(OTHERS, settings);
    const counts = [];
    for (let index = 0; index < 3; index += 1) counts.push((await previewThenRun(entries, settings)).counts);
    expect(counts).toMatchObject([{ conflicted: 1, updated: 1 }, { created: 1 }, { unchanged: 4 }]);
  });

  it('when somebody is renamed, gets another address and is switched off, all of which a revert takes back', async () => {
    const settings = { LDAP_Sync_User_Active_State: 'both' };
    const state = async () => (await users().find({}).sort({ _id: 1 }).toArray()).map(({ username, emails, active, sipExtension }) => ({ username, emails, active, sipExtension }));
    await sync([toPerson('ada', { telephoneNumber: '42' }), ...many(4)], settings);
    const before = await state();
    const run = await previewThenRun([toPerson('ada', { uid: 'countess', mail: 'countess@x.org', nsAccountLock: 'TRUE' }), toPerson('p0', { uid: 'ada', mail: 'ada@x.org' }), ...many(4).slice(1)], settings);
    expect(await user('countess')).toMatchObject({ active: false, emails: [{ address: 'countess@x.org' }] });
    await revert(run._id);
    expect(await state()).toEqual(before);
  });
});
