import { many, toPerson, useHistories, type Values } from '../setup/histories.js';
import { collected, removals } from '../setup/interventions.js';

const {
  addressesOf,
  before: rightBefore,
  cancelAfter,
  changes,
  collection,
  engine,
  killAt,
  people,
  revert,
  set,
  sync,
  user,
} = useHistories();
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
    cancelAfter(collected());
    const first = await sync(MOVED);
    expect(first.state).toBe('cancelled');
    expect((await sync(MOVED)).counts.updated).toBe(1);
    expect((await revert(first._id)).counts).toMatchObject({ updated: 0 });
    expect(await addressesOf('ada')).toBe('new@x.org');
  });

  it('but a later run added, after the host had emptied the field', async () => {
    cancelAfter(collected());
    const first = await sync(MOVED);
    await set('ada', { emails: [] });
    expect((await sync(MOVED)).counts.updated).toBe(1);
    expect((await revert(first._id)).counts).toMatchObject({ updated: 0 });
    expect(await addressesOf('ada')).toBe('new@x.org');
  });

  it('but an administrator did by hand', async () => {
    cancelAfter(collected());
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
    cancelAfter(removals(2));
    const approval = await engine(moved, settings).approve(held._id);
    expect(approval).toMatchObject({
      state: 'cancelled',
      removed: 250,
      counts: { updated: 250, unchanged: 1 },
      attention: [{ username: 'p251' }],
    });
    expect((await changes(approval._id)).find(({ username }) => username === 'p251')?.state).toBe('skipped');
    expect((await revert(approval._id)).counts).toMatchObject({ updated: 250, unchanged: 0 });
    expect(await addressesOf('p251')).toBe('new251@x.org');
    expect(await collection('users').countDocuments({ 'emails.address': { $regex: '^new' } })).toBe(1);
  });
});

describe('a revert takes back what the run took', () => {
  it('though it was killed, and only of those whom it had come to', async () => {
    await sync(many(252), GENEROUS);
    const before = await people();
    const renamed = many(252, (index) => ({ uid: `n${index}` }));
    const run = await killAt(removals(2), () => sync(renamed, GENEROUS));
    expect(run).toMatchObject({ state: 'interrupted', removed: 250, counts: { updated: 250, unchanged: 2 } });
    const states = (await changes(run._id)).map(({ state }) => state);
    expect(states.filter((state) => state === 'done')).toHaveLength(250);
    expect(states.filter((state) => state === 'waiting')).toHaveLength(2);
    expect(await collection('users').countDocuments({ username: { $regex: '^n' } })).toBe(250);
    expect((await revert(run._id)).counts).toMatchObject({ updated: 250, unchanged: 0 });
    expect(await people()).toEqual(before);
  });

  it('though it was killed, and a later run was reverted first', async () => {
    const settings = { LDAP_Sync_User_Active_State: 'both' };
    await sync(ADA, settings);
    const disabled = [toPerson('p0', { nsAccountLock: 'TRUE' }), ...OTHERS.slice(1)];
    const killed = await killAt(removals(2), () =>
      sync([toPerson('ada', { mail: 'b@x.org' }), ...disabled], settings),
    );
    expect(await changes(killed._id)).toMatchObject([
      { kind: 'clear', state: 'done' },
      { kind: 'deactivate', state: 'waiting' },
    ]);
    const later = await sync([toPerson('ada', { mail: 'c@x.org' }), ...OTHERS]);
    await revert(later._id);
    expect((await revert(killed._id)).counts).toMatchObject({ updated: 1, reactivated: 0 });
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
    cancelAfter(removals());
    expect((await revert(run._id)).state).toBe('cancelled');
    expect((await revert(run._id)).state).toBe('completed');
    expect(await people()).toEqual(before);
  });

  it('though it failed while the new name followed to where it is repeated', async () => {
    await sync(ADA);
    const before = await people();
    const { _id } = (await user('ada'))!;
    await collection('rocketchat_message').insertOne({ _id: 'm' as never, u: { _id, username: 'ada' } });
    rightBefore({ collection: 'rocketchat_message', method: 'updateMany' }, () =>
      Promise.reject(new Error('gone for a moment')),
    );
    const run = await sync([toPerson('ada', { uid: 'countess' }), ...OTHERS]);
    expect(run.state).toBe('failed');
    expect(await user('countess')).not.toBeNull();
    await revert(run._id);
    expect(await people()).toEqual(before);
    expect(await collection('rocketchat_message').findOne({})).toMatchObject({ u: { username: 'ada' } });
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
  beforeEach(() => sync(ADA));

  it('is whole though a reader took it for dead meanwhile', async () => {
    const runs = collection('ldap_sync_runs');
    rightBefore(removals(), () => runs.updateMany({ state: 'running' }, { $set: { state: 'interrupted' } }));
    const run = await sync([toPerson('ada', { mail: 'new@x.org', cn: 'Other' }), ...OTHERS]);
    expect(await runs.findOne({ _id: run._id as never })).toMatchObject({
      state: 'completed',
      removed: 1,
      counts: { updated: 1 },
    });
  });

  it('tells of nothing that was rolled back, and the run after does it', async () => {
    const run = await killAt(removals(), () => sync(MOVED));
    expect(run).toMatchObject({ state: 'interrupted', removed: 0, counts: { updated: 0 }, attention: [] });
    expect(await changes(run._id)).toMatchObject([{ kind: 'clear', state: 'waiting' }]);
    expect(await addressesOf('ada')).toBe('ada@x.org');
    expect(await sync(MOVED)).toMatchObject({ state: 'completed', removed: 1, counts: { updated: 1 } });
    expect((await revert(run._id)).counts).toMatchObject({ updated: 0 });
    expect(await addressesOf('ada')).toBe('new@x.org');
  });

  it('has the people of a page that was killed wholly or not at all', async () => {
    const named = (name: string) => [toPerson('ada', { cn: name }), ...many(8, () => ({ cn: name }))];
    await sync(named('Before'));
    const run = await killAt({ collection: 'users', method: 'bulkWrite', nth: 2 }, () =>
      sync(named('After')),
    );
    const written = await collection('users').countDocuments({ name: 'After' });
    expect(run).toMatchObject({ state: 'interrupted', counts: { read: written, updated: written } });
    expect(written).toBe(3);
    expect((await changes(run._id)).map(({ username }) => username).sort()).toEqual(['ada', 'p0', 'p1']);
  });

  it('is free of what an earlier version left at users: the first run takes it off, once', async () => {
    const leave = () => set('p1', { 'ldapSync.claim': 1, 'ldapSync.takenByRun': 'x' });
    await leave();
    await collection('ldap_sync_lease').updateMany({}, { $unset: { isFreeOfMarks: '' } });
    await engine(ADA).preview();
    expect(await user('p1')).toHaveProperty('ldapSync.claim');
    expect((await sync(ADA)).counts.unchanged).toBe(4);
    expect(await user('p1')).not.toHaveProperty('ldapSync');
    await leave();
    await sync(ADA);
    expect(await user('p1')).toHaveProperty('ldapSync.claim');
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
