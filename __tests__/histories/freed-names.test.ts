import type { DirectoryEntry } from '../../lib/directory/directory.js';
import type { RunReport } from '../../models/run-report.js';
import { removals } from '../setup/interventions.js';
import { ALUMNI } from '../setup/staff.js';
import { many, toPerson, useHistories, type Settings, type Values } from '../setup/histories.js';

const { addressesOf, changes, collection, engine, killAt, previewThenRun, revert, set, sync, user } =
  useHistories();

const BASICS = { LDAP_Background_Sync_Disable_Missing_Users: true };
const FREEING = { ...BASICS, LDAP_Free_Names_Of_Departed: true };
const ada = (values: Values = {}) => toPerson('ada', values);
/** Somebody else with the same user name and address. */
const other = (values: Values = {}) => toPerson('ada', { entryUUID: 'id-other', ...values });
const withOther = (...entries: readonly DirectoryEntry[]) => [...many(3), ...entries];

const oldAda = () =>
  collection('users').findOne({ 'services.ldap.id': Buffer.from('id-ada').toString('hex') });
const newAda = () =>
  collection('users').findOne({ 'services.ldap.id': Buffer.from('id-other').toString('hex') });

/** Ada has come and gone. */
beforeEach(async () => {
  await sync(withOther(ada()), BASICS);
  await collection('users').updateOne(
    { username: 'ada' },
    { $push: { emails: { address: 'private@x.org', verified: false } } as never },
  );
  expect((await sync(many(3), BASICS)).counts.deactivated).toBe(1);
});

const syncOther = (settings: Settings = FREEING, values: Values = {}): Promise<RunReport> =>
  sync(withOther(other(values)), settings);

describe('a newcomer with the names of somebody who has left', () => {
  it('is told that the other account is off since when, its entry gone, and how to free the names', async () => {
    // With an address in common, too, they might be one person.
    const run = await previewThenRun(withOther(other({ mail: 'new@x.org' })), BASICS);
    expect(run).toMatchObject({
      state: 'completed',
      counts: { conflicted: 1, created: 0 },
      attention: [{ outcome: 'conflicted', code: 'names-belong-to-departed', dn: other().dn }],
    });
    const [row] = run.attention;
    const since = ((await oldAda())!.ldapSync as { deactivatedAt: Date }).deactivatedAt;
    expect(row!.params).toMatchObject({ since: since.toISOString().slice(0, 10), release: 'off' });
    expect(row!.reason).toMatch(/belongs to another account.*switched off since.*entry is gone/);
    expect(row!.remedy).toMatch(/same person, link the account.*LDAP_Free_Names_Of_Departed/);
    expect(await changes(run._id)).toEqual([]);
  });

  it('waits for a decision, and is created by the sync after the approval', async () => {
    const held = await previewThenRun(withOther(other()), FREEING);
    expect(held).toMatchObject({
      state: 'held',
      held: { code: 'decision-needed', releases: 1, approvable: true },
      attention: [{ code: 'names-belong-to-departed', params: { release: 'waiting' } }],
    });
    expect(await user('ada')).toMatchObject({ active: false });
    const { _id: id } = (await oldAda())!;
    expect(await changes(held._id)).toMatchObject([
      {
        kind: 'release',
        state: 'waiting',
        userId: id,
        fields: [
          { field: 'username', from: 'ada', to: 'ada.left' },
          { field: 'emails', to: [{ address: 'private@x.org' }] },
        ],
      },
    ]);
    expect(await engine(withOther(other()), FREEING).approve(held._id)).toMatchObject({
      state: 'completed',
      removed: 1,
      counts: { updated: 1 },
      attention: [],
    });
    expect(await oldAda()).toMatchObject({ username: 'ada.left', active: false });
    expect(await addressesOf('ada.left')).toBe('private@x.org');
    expect(await oldAda()).not.toHaveProperty('ldapSync.renamedFrom');
    const next = await syncOther();
    expect(next).toMatchObject({ state: 'completed', counts: { created: 1, unchanged: 3 }, attention: [] });
    expect(await newAda()).toMatchObject({ username: 'ada', emails: [{ address: 'ada@x.org' }] });
  });

  it('lets messages of the other account follow its new name', async () => {
    const { _id } = (await oldAda())!;
    await collection('rocketchat_message').insertOne({ _id: 'm' as never, u: { _id, username: 'ada' } });
    const held = await syncOther();
    await engine(withOther(other()), FREEING).approve(held._id);
    expect(await collection('rocketchat_message').findOne({})).toMatchObject({ u: { username: 'ada.left' } });
  });

  it('waits again in every sync, also after a rejection, and takes nothing', async () => {
    const held = await syncOther();
    await engine([], FREEING).reject(held._id);
    expect(await syncOther()).toMatchObject({ state: 'held', held: { releases: 1 } });
    expect(await user('ada')).toMatchObject({ active: false });
  });

  it('holds back nothing that other people are to lose', async () => {
    const run = await sync([...many(2), toPerson('p2', { uid: 'q2' }), other()], FREEING);
    expect(run).toMatchObject({ state: 'held', removed: 1, held: { releases: 1, renames: 0 } });
    expect(await user('q2')).not.toBeNull();
  });

  it.each<[string, Values, string | undefined, string | undefined]>([
    ['the user name alone', { mail: 'else@x.org' }, 'ada.left', undefined],
    ['the address alone', { uid: 'adele' }, undefined, 'private@x.org'],
  ])('takes only what they want: %s', async (_what, values, username, addresses) => {
    const held = await syncOther(FREEING, values);
    expect(held).toMatchObject({ held: { releases: 1 } });
    await engine(withOther(other(values)), FREEING).approve(held._id);
    expect((await oldAda())!.username).toBe(username ?? 'ada');
    expect(await addressesOf(username ?? 'ada')).toBe(addresses ?? 'ada@x.org private@x.org');
    expect((await syncOther(FREEING, values)).counts.created).toBe(1);
  });

  it('leaves the other account without the field, when it loses its only address', async () => {
    await set('ada', { emails: [{ address: 'ada@x.org', verified: true }] });
    const held = await syncOther();
    await engine(withOther(other()), FREEING).approve(held._id);
    expect(await oldAda()).not.toHaveProperty('emails');
  });

  it('gives the other account the first suffix that is free', async () => {
    await collection('users').insertMany([
      { _id: 'x' as never, username: 'ada.left' },
      { _id: 'y' as never, username: 'ADA.left-2' },
    ]);
    const held = await syncOther();
    await engine(withOther(other()), FREEING).approve(held._id);
    expect((await oldAda())!.username).toBe('ada.left-3');
  });

  it('is one row where two newcomers want names of one account', async () => {
    const second = toPerson('second', { mail: 'private@x.org' });
    const held = await sync(withOther(other(), second), FREEING);
    expect(held).toMatchObject({ counts: { conflicted: 2 }, held: { releases: 1 } });
    expect((await changes(held._id)).flatMap(({ fields }) => fields.map(({ to }) => to))).toEqual([
      'ada.left',
      undefined,
    ]);
  });
});

describe('the names of the other account are not freed', () => {
  const PLAIN = { code: 'names-belong-to-another' };

  it('while the account is on', async () => {
    await set('ada', { active: true });
    const run = await sync(withOther(other()), {
      ...FREEING,
      LDAP_Background_Sync_Disable_Missing_Users: false,
    });
    expect(run).toMatchObject({ state: 'completed', attention: [PLAIN] });
  });

  it('while the entry is in the directory, outside of what is synced', async () => {
    const run = await sync([...withOther(other()), toPerson('ada', {}, ALUMNI)], FREEING);
    expect(run).toMatchObject({ state: 'completed', attention: [PLAIN] });
  });

  it('while the account is not linked', async () => {
    await collection('users').updateOne({ username: 'ada' }, { $unset: { 'services.ldap': '' } });
    expect(await syncOther()).toMatchObject({ state: 'completed', attention: [PLAIN] });
  });

  it('when one of several accounts has not left', async () => {
    await collection('users').insertOne({
      _id: 'l' as never,
      username: 'local',
      type: 'user',
      emails: [{ address: 'b@x.org', verified: true }],
    });
    const run = await syncOther(FREEING, { mail: ['ada@x.org', 'b@x.org'] });
    expect(run).toMatchObject({ state: 'completed', attention: [{ code: 'names-belong-to-several' }] });
  });

  it('by a sweep that was not complete, and the row says so', async () => {
    const cut = await engine([other(), ...many(3)], FREEING).sync({ kind: 'size-limit', afterEntries: 2 });
    expect(cut).toMatchObject({
      state: 'failed',
      attention: [{ code: 'names-belong-to-departed', params: { release: 'not-now' } }],
    });
    expect(await changes(cut._id)).toEqual([]);
  });

  it('by a sweep of a directory that shows nobody who is known', async () => {
    const run = await sync([other(), toPerson('stranger')], FREEING);
    expect(run).toMatchObject({
      state: 'held',
      held: { code: 'directory-unverified', releases: 0 },
      attention: [{ params: { release: 'not-now' } }],
    });
  });

  it('where the look-up after the sweep is not answered; the run goes on, and the row is told as ever', async () => {
    const afterSweep = { kind: 'lost', afterPages: 3 } as const;
    const run = await engine(withOther(other()), FREEING).sync(afterSweep);
    expect(run).toMatchObject({ state: 'completed', counts: { unchanged: 3 }, attention: [PLAIN] });
  });

  it('where the directory is lost in the sweep, and the row is told as ever', async () => {
    const run = await engine([other(), ...many(5)], FREEING).sync({ kind: 'lost', afterPages: 1 });
    expect(run).toMatchObject({ state: 'failed', attention: [PLAIN] });
  });
});

describe('an approval', () => {
  it('frees nothing of somebody who is in the directory again', async () => {
    const held = await syncOther();
    const approval = await engine(withOther(other(), ada({ mail: 'back@x.org' })), FREEING).approve(held._id);
    expect(approval).toMatchObject({ removed: 0, attention: [{ code: 'no-longer-wanted' }] });
    expect((await oldAda())!.username).toBe('ada');
  });

  it('frees nothing of somebody whose entry is outside of what is synced', async () => {
    const held = await syncOther();
    const entries = [...withOther(other()), toPerson('ada', {}, ALUMNI)];
    const approval = await engine(entries, FREEING).approve(held._id);
    expect(approval).toMatchObject({ removed: 0, attention: [{ code: 'present-after-all' }] });
  });

  it('fails at a directory that shows nobody who is known', async () => {
    const held = await syncOther();
    const approval = await engine([toPerson('stranger')], FREEING).approve(held._id);
    expect(approval).toMatchObject({ state: 'failed', removed: 0 });
    expect((await oldAda())!.username).toBe('ada');
  });

  it.each<[string, () => Promise<unknown>]>([
    ['switched on', () => set('ada', { active: true })],
    ['renamed', () => set('ada', { username: 'countess' })],
    ['given another address', () => set('ada', { emails: [{ address: 'new@x.org', verified: true }] })],
  ])('frees nothing of an account that was %s meanwhile', async (_what, act) => {
    const held = await syncOther();
    await act();
    const approval = await engine(withOther(other()), FREEING).approve(held._id);
    expect(approval).toMatchObject({ removed: 0, attention: [{ code: 'changed-meanwhile' }] });
  });

  it('frees nothing once the setting is off', async () => {
    const held = await syncOther();
    const approval = await engine(withOther(other()), BASICS).approve(held._id);
    expect(approval).toMatchObject({ removed: 0, attention: [{ code: 'settings-changed' }] });
  });

  it('frees nothing while somebody else has the suffix', async () => {
    const held = await syncOther();
    await collection('users').insertOne({ _id: 'x' as never, username: 'ada.left' });
    const approval = await engine(withOther(other()), FREEING).approve(held._id);
    expect(approval).toMatchObject({ removed: 0, attention: [{ code: 'username-taken' }] });
  });
});

describe('an approval that is cut off', () => {
  it('before its transaction frees nothing, and is given again', async () => {
    const held = await syncOther();
    await killAt(removals(), () => engine(withOther(other()), FREEING).approve(held._id));
    expect((await oldAda())!.username).toBe('ada');
    expect((await engine(withOther(other()), FREEING).approve(held._id)).removed).toBe(1);
    expect((await oldAda())!.username).toBe('ada.left');
  });

  it('after its transaction is gone on with by the next sync', async () => {
    const { _id } = (await oldAda())!;
    await collection('rocketchat_message').insertOne({ _id: 'm' as never, u: { _id, username: 'ada' } });
    const held = await syncOther();
    await killAt({ collection: 'rocketchat_message', method: 'updateMany' }, () =>
      engine(withOther(other()), FREEING).approve(held._id),
    );
    expect(await oldAda()).toMatchObject({ username: 'ada.left', ldapSync: { renamedFrom: 'ada' } });
    expect((await syncOther()).counts.created).toBe(1);
    expect(await collection('rocketchat_message').findOne({})).toMatchObject({ u: { username: 'ada.left' } });
    expect(await oldAda()).not.toHaveProperty('ldapSync.renamedFrom');
  });
});

describe('a revert', () => {
  async function release(): Promise<RunReport> {
    const held = await syncOther();
    return engine(withOther(other()), FREEING).approve(held._id);
  }

  it('gives user name and addresses back, while nobody has them', async () => {
    const { username, emails } = (await oldAda())!;
    const approval = await release();
    expect(await revert(approval._id)).toMatchObject({ state: 'completed', removed: 1, attention: [] });
    expect(await oldAda()).toMatchObject({ username, emails, active: false });
  });

  it.each<[string, object]>([
    ['the user name', { username: 'ada' }],
    ['the address', { username: 'z', emails: [{ address: 'ada@x.org', verified: true }] }],
  ])('gives nothing back once somebody has %s', async (_what, fields) => {
    const approval = await release();
    await collection('users').insertOne({ _id: 'z' as never, type: 'user', ...fields });
    expect(await revert(approval._id)).toMatchObject({
      removed: 0,
      attention: [{ code: 'username-taken', reason: expect.stringContaining('by now') }],
    });
    expect((await oldAda())!.username).toBe('ada.left');
  });
});
