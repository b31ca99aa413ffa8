import type { Engine } from '../setup/engine.js';
import { toPerson, useHistories } from '../setup/histories.js';
import { BASE } from '../setup/memory-directory.js';
import { ALUMNI, createStaff, type Staff } from '../setup/staff.js';

const SETTINGS = { LDAP_Background_Sync_Disable_Missing_Users: true };
const { collection, engine } = useHistories();
const users = () => collection('users');

describe('a directory that shows nobody of those who were linked before', () => {
  /** So few that no limit of the guard is met. */
  const PEOPLE = 3;
  const EVERYBODY = ['person0', 'person1', 'person2', 'stranger'];
  const CONTEXT = 'dc=x';
  let staff: Staff;
  let base: string;

  const now = (settings = {}): Engine =>
    engine(staff.entries(), { ...SETTINGS, LDAP_BaseDN: base, ...settings });
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
  const people = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => toPerson(`${name}${index}`, { cn: name }));
  const [ours, strangers] = [people('ours', 8), people('stranger', 8)];
  const countActive = () => users().countDocuments({ name: 'ours', active: true });

  it.each([
    ['the strangers', [ours], strangers],
    ['the right one, as the first of all', [], ours],
  ])('of %s, switches nobody off', async (_, before, cut) => {
    for (const entries of before) expect((await engine(entries, SETTINGS).sync()).state).toBe('completed');
    expect((await engine(cut, SETTINGS).sync({ kind: 'lost', afterPages: 2 })).state).toBe('failed');
    const known = await countActive();
    expect(known).toBeGreaterThan(0);
    for (let round = 0; round < 3; round += 1)
      expect(await engine(strangers, SETTINGS).sync()).toMatchObject({
        state: 'held',
        counts: { deactivated: 0 },
      });
    expect(await countActive()).toBe(known);
    expect((await engine([...ours, ...strangers], SETTINGS).sync()).state).toBe('completed');
    expect((await engine([...ours.slice(1), ...strangers], SETTINGS).sync()).counts.deactivated).toBe(1);
  });

  it('a first import that was cut is simply done by the next run', async () => {
    const first = engine(ours, SETTINGS);
    expect((await first.sync({ kind: 'lost', afterPages: 2 })).counts.created).toBe(6);
    expect(await first.sync()).toMatchObject({ state: 'completed', counts: { created: 2, unchanged: 6 } });
    expect((await engine(ours.slice(2), SETTINGS).sync()).counts.deactivated).toBe(2);
  });
});
