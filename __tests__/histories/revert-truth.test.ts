import { isMark, many, toPerson, useHistories, type Values } from '../setup/histories.js';

const { addressesOf, asKilled, cancelAfter, changes, collection, engine, people, revert, set, sync, user } =
  useHistories();
const OTHERS = many(3);
const ADA = [toPerson('ada'), ...OTHERS];
const MOVED = [toPerson('ada', { mail: 'new@x.org' }), ...OTHERS];
const GENEROUS = {
  LDAP_Guard_Always_Allowed: 1_000,
  LDAP_Guard_Clearings_Maximum: 1_000,
  LDAP_Guard_Renames_Maximum: 1_000,
  LDAP_Sync_User_Active_State: 'both',
  LDAP_Search_Page_Size: 100,
};

describe('a revert takes nothing back that the run did not take', () => {
  beforeEach(() => sync(ADA));

  it('but a later run did', async () => {
    cancelAfter('users', 'updateMany', isMark);
    const first = await sync(MOVED);
    expect(first.state).toBe('cancelled');
    expect((await sync(MOVED)).counts.updated).toBe(1);
    expect((await revert(first._id)).counts).toMatchObject({ updated: 0 });
    expect(await addressesOf('ada')).toBe('new@x.org');
  });

  it('but a later run added, after the host had emptied the field', async () => {
    cancelAfter('users', 'updateMany', isMark);
    const first = await sync(MOVED);
    await set('ada', { emails: [] });
    expect((await sync(MOVED)).counts.updated).toBe(1);
    expect((await revert(first._id)).counts).toMatchObject({ updated: 0 });
    expect(await addressesOf('ada')).toBe('new@x.org');
  });

  it('but an administrator did by hand', async () => {
    cancelAfter('users', 'updateMany', isMark);
    const first = await sync([toPerson('ada', { uid: 'countess' }), ...OTHERS]);
    await set('ada', { username: 'countess' });
    expect((await revert(first._id)).counts).toMatchObject({ updated: 0 });
    expect(await user('countess')).not.toBeNull();
  });

  it('but an administrator did by hand, of whom an approval that was cancelled knew it', async () => {
    const settings = { LDAP_Search_Page_Size: 100 };
    const moved = many(252, (index) => ({ mail: `new${index}@x.org` }));
    await sync(many(252), settings);
    const held = await sync(moved, settings);
    await set('p251', { emails: [{ address: 'new251@x.org', verified: true }] });
    cancelAfter('users', 'updateMany', isMark);
    const approval = await engine(moved, settings).approve(held._id);
    expect(approval).toMatchObject({ state: 'cancelled', attention: [{ username: 'p251' }] });
    expect((await changes(approval._id)).find(({ username }) => username === 'p251')?.state).toBe('skipped');
    await revert(approval._id);
    expect(await addressesOf('p251')).toBe('new251@x.org');
  });
});

describe('a revert takes back what the run took', () => {
  it('though it was killed before it wrote that down, and only of those whom it had come to', async () => {
    await sync(many(4, () => ({ telephoneNumber: '1' })));
    const before = await people();
    const run = await sync(
      many(4, (index): Values =>
        index < 3 ? { uid: `n${index}`, mail: `n${index}@x.org` } : { telephoneNumber: '1' },
      ),
    );
    await asKilled(run._id);
    // As if it had not come to the last of them.
    await set('n2', { username: 'p2', emails: [{ address: 'p2@x.org', verified: true }], sipExtension: '1' });
    await collection('users').updateOne({ username: 'p2' }, { $unset: { ldapSync: '' } });
    expect((await revert(run._id)).counts).toMatchObject({ updated: 2, unchanged: 0 });
    expect(await people()).toEqual(before);
  });

  it('though it was killed, and a later run was reverted first', async () => {
    await sync(ADA);
    const killed = await sync([toPerson('ada', { mail: 'b@x.org' }), ...OTHERS]);
    await asKilled(killed._id);
    const later = await sync([toPerson('ada', { mail: 'c@x.org' }), ...OTHERS]);
    expect((await changes(killed._id)).filter(({ kind }) => kind === 'clear')).toMatchObject([
      { state: 'done' },
    ]);
    await revert(later._id);
    expect((await revert(killed._id)).counts).toMatchObject({ updated: 1 });
    expect(await addressesOf('ada')).toBe('ada@x.org');
  });

  it('in the end, when it is cancelled half way and asked for again', async () => {
    await sync(
      many(70, () => ({ telephoneNumber: '1' })),
      GENEROUS,
    );
    const before = await people();
    const run = await sync(
      many(70, (index) => ({
        uid: `n${index}`,
        mail: `n${index}@x.org`,
        nsAccountLock: index < 5 ? 'TRUE' : 'FALSE',
        ...(index === 69 ? { telephoneNumber: '1' } : {}),
      })),
      GENEROUS,
    );
    expect(run.state).toBe('completed');
    cancelAfter('rocketchat_room', 'updateMany');
    expect((await revert(run._id)).state).toBe('cancelled');
    expect((await revert(run._id)).state).toBe('completed');
    expect(await people()).toEqual(before);
  });

  it('though it failed in the middle of it', async () => {
    await sync(ADA);
    const before = await people();
    const messages = collection('rocketchat_message');
    const original = messages.updateMany.bind(messages);
    messages.updateMany = () => {
      messages.updateMany = original;
      return Promise.reject(new Error('gone for a moment'));
    };
    const run = await sync([toPerson('ada', { uid: 'countess' }), ...OTHERS]);
    expect(run.state).toBe('failed');
    expect(await user('countess')).not.toBeNull();
    await revert(run._id);
    expect(await people()).toEqual(before);
  });

  it('of somebody who lost several things by an approval', async () => {
    const settings = { LDAP_Guard_Always_Allowed: 1, LDAP_Sync_User_Active_State: 'both' };
    await sync(
      many(5, () => ({ telephoneNumber: '1' })),
      settings,
    );
    const before = await people();
    const changed = many(5, (index): Values =>
      index < 3
        ? { uid: `n${index}`, mail: `n${index}@x.org`, nsAccountLock: 'TRUE' }
        : { telephoneNumber: '1' },
    );
    const held = await sync(changed, settings);
    expect(held).toMatchObject({ state: 'held', held: { renames: 3, clearings: 3, deactivations: 3 } });
    const approval = await engine(changed, settings).approve(held._id);
    expect((await revert(approval._id)).attention).toEqual([]);
    expect(await people()).toEqual(before);
  });
});

describe('the account of a run', () => {
  it('says that it had begun to take away though a reader took it for dead', async () => {
    await sync(ADA);
    const runs = collection('ldap_sync_runs');
    const users = collection('users');
    const original = users.bulkWrite.bind(users);
    users.bulkWrite = async (...args: Parameters<typeof original>) => {
      users.bulkWrite = original;
      await runs.updateMany({ state: 'running' }, { $set: { state: 'interrupted' } });
      return original(...args);
    };
    const run = await sync([toPerson('ada', { mail: 'new@x.org', cn: 'Other' }), ...OTHERS]);
    expect(await runs.findOne({ _id: run._id as never })).toMatchObject({
      state: 'completed',
      removing: true,
      settled: true,
    });
  });

  it('is finished by the next run, which takes its marks off, whatever comes in between', async () => {
    await sync(ADA);
    const run = await sync(MOVED);
    await asKilled(run._id);
    await set('p1', { 'ldapSync.claim': 1 });
    await engine(MOVED).preview();
    expect(await user('ada')).toHaveProperty('ldapSync.takenByRun');
    await sync(MOVED);
    expect([await user('ada'), await user('p1')]).toEqual([
      expect.not.objectContaining({ ldapSync: expect.anything() }),
      expect.not.objectContaining({ ldapSync: expect.anything() }),
    ]);
    expect(await collection('ldap_sync_runs').findOne({ _id: run._id as never })).toMatchObject({
      settled: true,
    });
  });

  it('is finished by the next run also when marks could not be taken off in the end', async () => {
    await sync(ADA);
    const users = collection('users');
    const original = users.updateMany.bind(users);
    users.updateMany = (...args: Parameters<typeof original>) =>
      'ldapSync.claim' in ((args[1] as { $unset?: object }).$unset ?? {})
        ? Promise.reject(new Error('gone for a moment'))
        : original(...args);
    expect((await sync(MOVED)).state).toBe('completed');
    users.updateMany = original;
    await sync(MOVED);
    expect(await user('ada')).not.toHaveProperty('ldapSync');
  });
});

it('a revert of a run that wanted a renaming and did not come to it leaves the one of a later run', async () => {
  await engine(many(8), {}).sync();
  const renamed = [toPerson('p0', { uid: 'fresh' }), ...many(8).slice(1)];
  const failed = await engine(renamed, {}).sync({ kind: 'size-limit', afterEntries: 4 });
  expect(failed.state).toBe('failed');
  expect((await engine(renamed, {}).sync()).counts.updated).toBe(1);
  await engine(renamed, {}).revert(failed._id);
  expect(await user('fresh')).not.toBeNull();
});
