import type { Engine } from '../setup/engine.js';
import { hex, many, toPerson, useHistories, type Entries, type Settings } from '../setup/histories.js';

const { addressesOf, before, beforeReread, changes, collection, engine, set, sync, user } = useHistories();
const OTHERS = many(2);
const SETTINGS: Settings = { LDAP_Background_Sync_Disable_Missing_Users: true };
const BOTH: Settings = { ...SETTINGS, LDAP_Sync_User_Active_State: 'both' };
const ada = (values = {}): Entries => [toPerson('ada', values), ...OTHERS];
const now = (entries: Entries, settings = SETTINGS): Engine => engine(entries, settings);
const change = (update: object) => () => collection('users').updateOne({ username: 'ada' }, update);

const MOMENTS: readonly (readonly [string, (act: () => Promise<unknown>) => void])[] = [
  ['between the plan and the transaction', beforeReread],
  ['inside the transaction', (act) => before({ collection: 'users', method: 'bulkWrite' }, act)],
];

describe.each(MOMENTS)('what somebody else changes %s', (_moment, at) => {
  beforeEach(() => sync(ada({ telephoneNumber: '1' }), SETTINGS));

  it('is neither lost nor overwritten where the sync manages it not', async () => {
    at(change({ $set: { customFields: { team: 'x' }, statusText: 'away' } }));
    expect((await now(ada({ telephoneNumber: '1', cn: 'Ada King' })).sync()).counts.updated).toBe(1);
    expect(await user('ada')).toMatchObject({
      name: 'Ada King',
      customFields: { team: 'x' },
      statusText: 'away',
    });
  });

  it('is what the history names as the value before, where the directory says another', async () => {
    at(change({ $set: { name: 'By hand' } }));
    const run = await now(ada({ telephoneNumber: '1', cn: 'Ada King' })).sync();
    expect(await user('ada')).toMatchObject({ name: 'Ada King' });
    expect(await changes(run._id)).toMatchObject([
      { fields: [{ field: 'name', from: 'By hand', to: 'Ada King' }] },
    ]);
  });

  it('leaves nothing to do where it is what the directory says', async () => {
    at(change({ $set: { name: 'Ada King' } }));
    const run = await now(ada({ telephoneNumber: '1', cn: 'Ada King' })).sync();
    expect(run.counts).toMatchObject({ read: 3, updated: 0, unchanged: 3 });
    expect(await changes(run._id)).toEqual([]);
  });

  it('goes with a row of its own where it is an address that the directory does not say', async () => {
    const own = { address: 'own@x.org', verified: true };
    at(change({ $push: { emails: own } }));
    const run = await now(ada({ telephoneNumber: '1', mail: ['ada@x.org', 'second@x.org'] })).sync();
    expect(await addressesOf('ada')).toBe('ada@x.org second@x.org');
    const taken = (await changes(run._id)).find(({ kind }) => kind === 'clear');
    expect(taken?.fields[0]?.from).toContainEqual(own);
    await engine([], {}).revert(run._id);
    expect(await addressesOf('ada')).toContain('own@x.org');
  });

  it('is a row when the user was linked to another entry, and nothing of the user is written', async () => {
    const link = { id: hex('id-other'), idAttribute: 'entryUUID' };
    at(change({ $set: { 'services.ldap': link } }));
    const run = await now(ada({ telephoneNumber: '1', cn: 'Ada King' }), {}).sync();
    expect(run).toMatchObject({
      state: 'completed',
      counts: { conflicted: 1, updated: 0 },
      attention: [{ username: 'ada', code: 'changed-meanwhile', reason: expect.stringContaining('linked') }],
    });
    expect(await user('ada')).toMatchObject({ name: 'Somebody', services: { ldap: link } });
  });

  it('is a row when the user was deleted, who is not made anew by halves', async () => {
    at(() => collection('users').deleteOne({ username: 'ada' }));
    const run = await now(ada({ telephoneNumber: '1', cn: 'Ada King' })).sync();
    expect(run).toMatchObject({ counts: { conflicted: 1 }, attention: [{ code: 'changed-meanwhile' }] });
    expect(await user('ada')).toBeNull();
    expect((await now(ada({ telephoneNumber: '1' })).sync()).counts.created).toBe(1);
  });

  it('keeps a value from being taken away that is another by now', async () => {
    at(change({ $set: { sipExtension: '2' } }));
    const run = await now(ada()).sync();
    expect(run).toMatchObject({
      removed: 0,
      counts: { updated: 0 },
      attention: [{ code: 'changed-meanwhile' }],
    });
    expect(await user('ada')).toMatchObject({ sipExtension: '2' });
    expect(await changes(run._id)).toMatchObject([{ kind: 'clear', state: 'skipped' }]);
  });

  it('keeps a user on who was linked to another entry while the old one was missing', async () => {
    at(change({ $set: { 'services.ldap.id': hex('id-p9') } }));
    const run = await now(OTHERS).sync();
    expect(run).toMatchObject({ removed: 0, counts: { deactivated: 0 } });
    expect(await user('ada')).toMatchObject({ active: true });
    expect(await changes(run._id)).toMatchObject([{ kind: 'deactivate', state: 'skipped' }]);
  });

  it('counts for what a removal writes beside: other fields stay', async () => {
    at(change({ $set: { customFields: { team: 'x' } } }));
    expect((await now(OTHERS).sync()).counts.deactivated).toBe(1);
    expect(await user('ada')).toMatchObject({ active: false, customFields: { team: 'x' } });
  });
});

describe('between the plan and the transaction', () => {
  it('the other administrator goes: the last one who is left stays on', async () => {
    await sync(ada(), SETTINGS);
    for (const name of ['ada', 'p0']) await set(name, { roles: ['admin'] });
    beforeReread(() => set('p0', { roles: ['user'] }));
    const run = await now(OTHERS).sync();
    expect(run).toMatchObject({ removed: 0, attention: [{ username: 'ada', code: 'last-administrator' }] });
    expect(await user('ada')).toMatchObject({ active: true });
  });

  it('somebody takes the address that a new person wants: a row, and all others are written', async () => {
    await sync(OTHERS);
    beforeReread(() => set('p1', { emails: [{ address: 'ada@x.org', verified: true }] }));
    const run = await now(
      [toPerson('p0', { cn: 'P. Zero' }), ...ada().slice(0, 1), ...many(5).slice(2)],
      {},
    ).sync();
    expect(run.counts).toMatchObject({ updated: 1, created: 3, conflicted: 1 });
    expect(run.attention).toContainEqual(expect.objectContaining({ code: 'names-taken-meanwhile' }));
    expect(await addressesOf('p1')).toBe('ada@x.org');
  });

  it('a user whom others write all the time is a row, and nobody else waits for that', async () => {
    await sync(ada(), BOTH);
    const users = collection('users');
    const original = users.bulkWrite.bind(users);
    users.bulkWrite = async (...args: Parameters<typeof original>) => {
      await users.updateOne({ username: 'ada' }, { $inc: { visits: 1 } });
      return original(...args);
    };
    const run = await now([toPerson('ada', { cn: 'New' }), ...many(2, () => ({ cn: 'New' }))], BOTH).sync();
    expect(run).toMatchObject({ state: 'completed', counts: { updated: 2, failed: 1 } });
    expect(run.attention).toMatchObject([{ username: 'ada', code: 'user-busy', outcome: 'failed' }]);
    expect(await users.countDocuments({ name: 'New' })).toBe(2);
    delete (users as Partial<typeof users>).bulkWrite;
    expect((await now([toPerson('ada', { cn: 'New' }), ...OTHERS], BOTH).sync()).counts.updated).toBe(3);
  });
});
