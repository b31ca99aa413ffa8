import type { Engine } from '../setup/engine.js';
import { hex, manyCalled, toLinkedUser, toPerson, useHistories } from '../setup/histories.js';
import { BASE } from '../setup/memory-directory.js';
import { ALUMNI, createStaff, type Staff } from '../setup/staff.js';

const settings = { LDAP_Background_Sync_Disable_Missing_Users: true };
const { collection, engine } = useHistories();
const users = () => collection('users');

const ours = manyCalled('ours', 8);
const strangers = manyCalled('stranger', 8);
const strict = { ...settings, LDAP_Guard_Always_Allowed: 1 };
const countOurs = () =>
  users().countDocuments({ 'emails.address': { $gte: 'ours', $lt: 'ourt' }, active: true });

describe('a directory that shows nobody of those who were linked before', () => {
  /** So few that no limit of the guard is met. */
  const PEOPLE = 3;
  const EVERYBODY = ['person0', 'person1', 'person2', 'stranger'];
  const CONTEXT = 'dc=x';
  let staff: Staff;
  let base: string;

  const now = (more = {}): Engine => engine(staff.entries(), { ...settings, LDAP_BaseDN: base, ...more });
  const active = async () =>
    (await users().find({ ldap: true, active: true }).toArray())
      .map(({ username }) => username as string)
      .sort();

  beforeEach(async () => {
    staff = createStaff(EVERYBODY);
    staff.moveOut('stranger');
    base = BASE;
    expect(await now().sync()).toMatchObject({ state: 'completed', counts: { created: PEOPLE } });
    base = ALUMNI;
  });

  it('is believed by no run, however many have imported the people it shows', async () => {
    expect(await now().sync()).toMatchObject({
      state: 'held',
      held: { approvable: true, deactivations: PEOPLE, reason: expect.stringContaining('None of the 3') },
      counts: { created: 1 },
    });
    for (const verdict of ['undecided', 'rejected']) {
      const run = await now().sync();
      expect(run).toMatchObject({
        state: 'held',
        held: { deactivations: PEOPLE, reason: expect.stringContaining('only such were found') },
        counts: { deactivated: 0 },
      });
      if (verdict === 'undecided') await now().reject(run._id);
    }
    expect(await active()).toEqual(EVERYBODY);
  });

  it('is believed no more when the people it shows had accounts that were merged', async () => {
    const merging = { LDAP_Merge_Existing_Users: true };
    await users().insertOne({
      _id: 'own' as never,
      username: 'stranger',
      emails: [{ address: 'stranger@x.org', verified: true }],
      type: 'user',
      active: true,
      roles: ['user'],
    });
    const { _id: runId, ...first } = await now(merging).sync();
    expect(first).toMatchObject({ state: 'held', counts: { linked: 1 } });
    // Else it would be the open decision that keeps the next one.
    await now().reject(runId);
    expect(await now(merging).sync()).toMatchObject({
      state: 'held',
      counts: { deactivated: 0, unchanged: 1 },
    });
    expect(await active()).toEqual(EVERYBODY);
  });

  it('is told by a preview as by the run', async () => {
    await now().sync();
    const preview = await now().preview();
    const run = await now().sync();
    expect([preview.state, preview.held]).toEqual(['held', run.held]);
  });

  it('is believed once somebody has approved the list; each of them is looked up, and who is found stays', async () => {
    await now().sync();
    const held = await now().sync();
    staff.moveOut('person0');
    expect(await now().approve(held._id)).toMatchObject({
      state: 'completed',
      counts: { deactivated: PEOPLE - 1, unchanged: 1 },
    });
    expect(await now().sync()).toMatchObject({ state: 'completed', counts: { unchanged: 1, updated: 1 } });
    expect(await active()).toEqual(['person0', 'stranger']);
  });

  it('is none, though the first of all has left: whoever the next whole sweep linked is known as well', async () => {
    await users().deleteMany({ username: { $ne: 'person0' } });
    base = CONTEXT;
    expect(await now().sync()).toMatchObject({ state: 'completed', counts: { created: PEOPLE } });
    staff.leave('person0');
    expect(await now().preview()).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
    expect(await now().sync()).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
  });

  it('is forgotten when the right one is read again', async () => {
    await now().sync();
    base = CONTEXT;
    expect(await now().sync()).toMatchObject({ state: 'completed', counts: { unchanged: PEOPLE + 1 } });
    staff.leave('person0');
    expect(await now().sync()).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
  });
});

describe('a directory of strangers, read after a run that was cut', () => {
  it.each([
    ['the strangers', [ours], strangers],
    ['the right one, as the first of all', [], ours],
  ])('of %s, switches nobody off', async (_, before, cut) => {
    for (const entries of before) expect((await engine(entries, settings).sync()).state).toBe('completed');
    expect((await engine(cut, settings).sync({ kind: 'lost', afterPages: 2 })).state).toBe('failed');
    const known = await countOurs();
    expect(known).toBeGreaterThan(0);
    for (let round = 0; round < 3; round += 1)
      expect(await engine(strangers, settings).sync()).toMatchObject({
        state: 'held',
        counts: { deactivated: 0 },
      });
    expect(await countOurs()).toBe(known);
    expect((await engine([...ours, ...strangers], settings).sync()).state).toBe('completed');
    expect((await engine([...ours.slice(1), ...strangers], settings).sync()).counts.deactivated).toBe(1);
  });

  it('a first import that was cut is simply done by the next run', async () => {
    const first = engine(ours, settings);
    expect((await first.sync({ kind: 'lost', afterPages: 2 })).counts.created).toBe(6);
    expect(await first.sync()).toMatchObject({ state: 'completed', counts: { created: 2, unchanged: 6 } });
    expect((await engine(ours.slice(2), settings).sync()).counts.deactivated).toBe(2);
  });
});

describe('nobody is switched off by a wrong directory that is read', () => {
  const wrong = (): Engine => engine(strangers, settings);

  it('again, after the right one', async () => {
    await engine(ours, settings).sync();
    await wrong().reject((await wrong().sync())._id);
    expect((await engine(ours, settings).sync()).state).toBe('completed');
    expect((await wrong().sync()).state).toBe('held');
    expect(await countOurs()).toBe(8);
  });

  it('again, after a run that a direct look-up disproved', async () => {
    await engine(ours, settings).sync();
    const mixed = [ours[1]!, ours[0]!, ...ours.slice(2).flatMap((one, index) => [one, strangers[index]!])];
    expect((await engine(mixed, settings).sync({ kind: 'hides', every: 2, from: 0 })).held).toMatchObject({
      approvable: false,
      reason: expect.stringContaining('look-up'),
    });
    expect((await engine(strangers.slice(0, 6), settings).sync()).state).toBe('held');
    expect(await countOurs()).toBe(8);
  });

  it('again, after a run whose list was rejected', async () => {
    const many = manyCalled('ours', 12);
    await engine(many, settings).sync();
    await wrong().reject((await engine([many[0]!, ...strangers], settings).sync())._id);
    await users().updateOne({ username: 'ours0' }, { $set: { active: false } });
    expect((await wrong().sync()).state).toBe('held');
    expect(await countOurs()).toBe(11);
  });

  it('and shows somebody who was switched off long ago', async () => {
    await engine(ours, settings).sync();
    expect((await engine(ours.slice(1), settings).sync()).counts.deactivated).toBe(1);
    expect((await engine(ours.slice(0, 1), settings).sync()).state).toBe('held');
    expect(await countOurs()).toBe(7);
  });

  it('and whose people have signed in since, so that the chat server linked them itself', async () => {
    await engine(ours, settings).sync();
    await users().insertOne(
      toLinkedUser(
        'stranger0',
        { id: hex('id-stranger0'), idAttribute: 'entryUUID' },
        { createdAt: new Date(Date.now() + 3_600_000) },
      ),
    );
    expect((await wrong().sync()).state).toBe('held');
    expect(await countOurs()).toBe(8);
  });

  it.each([5, '2030', Number.NaN, null])(
    'whatever the mark of a stranger was overwritten with: %p',
    async (unconfirmedBy) => {
      await engine(ours, settings).sync();
      await wrong().reject((await wrong().sync())._id);
      await users().updateOne(
        { username: 'stranger0' },
        { $set: { 'ldapSync.unconfirmedBy': unconfirmedBy, createdAt: new Date(Date.now() + 3_600_000) } },
      );
      expect((await wrong().sync()).state).toBe('held');
    },
  );

  it('when a list is approved: nobody whom it does not list is there', async () => {
    await engine(ours, strict).sync();
    const { _id: runId } = await engine(ours.slice(2), strict).sync();
    expect(await engine(strangers, strict).approve(runId)).toMatchObject({
      state: 'failed',
      problems: [{ message: expect.stringContaining('nobody of those who are to stay') }],
    });
    expect(await countOurs()).toBe(8);
    // The list waits on, and can be approved when the directory is the right one again.
    expect((await engine(ours.slice(2), strict).approve(runId)).counts.deactivated).toBe(2);
  });

  it.each(['ours0', 'T1VSUzA=', 'ABCD', '0'])(
    'when an id is stored that no entry can have: %s',
    async (id) => {
      await engine(ours, settings).sync();
      await users().updateOne({ username: 'ours0' }, { $set: { 'services.ldap.id': id } });
      expect(await engine(ours.slice(0, 7), settings).sync()).toMatchObject({
        state: 'completed',
        counts: { deactivated: 1 },
      });
      expect(await users().findOne({ username: 'ours0' })).toMatchObject({ active: true });
    },
  );
});

it('a run whose sweep is incomplete confirms whom it links where somebody known shows the right directory', async () => {
  await engine(ours, {}).sync();
  const unidentified = toPerson('nobody', { entryUUID: [], uid: 'u'.repeat(300) });
  expect((await engine([...ours, strangers[0]!, unidentified], {}).sync()).counts).toMatchObject({
    created: 1,
    rejected: 1,
  });
  expect(await users().countDocuments({ 'ldapSync.unconfirmedBy': { $exists: true } })).toBe(0);
});

it('a run whose sweep is incomplete leaves links in doubt where nobody known is shown', async () => {
  await engine(ours, {}).sync();
  const unidentified = toPerson('nobody', { entryUUID: [], uid: 'u'.repeat(300) });
  await engine([strangers[0]!, unidentified], {}).sync();
  expect(await users().countDocuments({ 'ldapSync.unconfirmedBy': { $exists: true } })).toBe(1);
});
