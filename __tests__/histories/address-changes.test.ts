import type { Engine } from '../setup/engine.js';
import { useHistories } from '../setup/histories.js';
import { removals } from '../setup/interventions.js';
import { createStaff, type Staff } from '../setup/staff.js';

/** Eleven are one more than is always allowed. */
const PEOPLE = 11;
const SETTINGS = { LDAP_Background_Sync_Disable_Missing_Users: true };
const { addressesOf, collection, engine, killAt, set, user } = useHistories();
const users = () => collection('users');

describe('an address that is to take the place of another', () => {
  let staff: Staff;
  const now = (settings = {}): Engine => engine(staff.entries(), { ...SETTINGS, ...settings });

  beforeEach(async () => {
    staff = createStaff(Array.from({ length: PEOPLE }, (_, index) => `person${index}`));
    expect((await now().sync()).counts.created).toBe(PEOPLE);
  });

  const setMail = (name: string, ...mail: string[]) => staff.change(name, { mail });
  const setMailOfAll = () => {
    for (let index = 0; index < PEOPLE; index += 1) setMail(`person${index}`, `new${index}@x.org`);
  };
  const insertHostUser = (address: string) =>
    users().insertOne({
      _id: 'host' as never,
      username: 'host',
      type: 'user',
      active: true,
      emails: [{ address, verified: true }],
    });
  const addresses = async () =>
    (await users().find({ ldap: true }).sort({ username: 1 }).toArray()).map(({ emails }) =>
      JSON.stringify(emails),
    );

  it('takes it in the same run, is written down whole, and is taken back by a revert', async () => {
    setMail('person1', 'new@x.org');
    const run = await now().sync();
    expect(run).toMatchObject({ state: 'completed', counts: { updated: 1 } });
    expect(await addressesOf('person1')).toBe('new@x.org');
    expect(await now().changes(run._id)).toMatchObject([
      {
        kind: 'clear',
        state: 'done',
        fields: [
          {
            field: 'emails',
            from: [{ address: 'person1@x.org', verified: true }],
            to: [{ address: 'new@x.org', verified: true }],
          },
        ],
      },
    ]);
    expect(await now().revert(run._id)).toMatchObject({
      state: 'completed',
      counts: { updated: 1 },
    });
    expect(await addressesOf('person1')).toBe('person1@x.org');
    expect(await now().sync()).toMatchObject({ counts: { updated: 1 } });
    expect(await now().sync()).toMatchObject({ counts: { unchanged: PEOPLE } });
  });

  it('may be one of several, before and after', async () => {
    setMail('person1', 'person1@x.org', 'second@x.org');
    await now().sync();
    setMail('person1', 'third@x.org', 'second@x.org', 'fourth@x.org');
    const { _id: runId, counts } = await now().sync();
    expect(counts).toMatchObject({ updated: 1, unchanged: PEOPLE - 1 });
    expect(await addressesOf('person1')).toBe('second@x.org fourth@x.org third@x.org');
    await now().revert(runId);
    expect(await addressesOf('person1')).toBe('person1@x.org second@x.org');
  });

  it('waits for an approval where too many would lose theirs, as after a wrong mapping', async () => {
    const before = await addresses();
    setMailOfAll();
    const held = await now().sync();
    expect(held).toMatchObject({
      state: 'held',
      held: {
        clearings: PEOPLE,
        approvable: true,
        reason: expect.stringContaining(
          '11 of 11 linked users would be stripped of an address or another value',
        ),
      },
    });
    expect(await addresses()).toEqual(before);
    expect((await now().sync()).state).toBe('held');
    expect(await addresses()).toEqual(before);
    const { _id: runId } = await now().sync();
    setMail('person3', 'newer@x.org');
    expect(await now().approve(runId)).toMatchObject({
      state: 'completed',
      counts: { updated: PEOPLE - 1, unchanged: 1 },
    });
    expect(await addressesOf('person2')).toBe('new2@x.org');
    // The directory says something else again: nobody has approved that.
    expect(await addressesOf('person3')).toBe('person3@x.org');
  });

  it('waits, however few there are, when no entry has the attribute and addresses are made of user names', async () => {
    const before = await addresses();
    for (let index = 0; index < PEOPLE; index += 1) staff.change(`person${index}`, { mail: undefined });
    expect(
      await now({ LDAP_Guard_Always_Allowed: 100, LDAP_Default_Domain: 'wrong.example' }).sync(),
    ).toMatchObject({
      state: 'held',
      held: {
        clearings: PEOPLE,
        reason: expect.stringContaining('No entry at all has the attribute of the e-mail address'),
      },
    });
    expect(await addresses()).toEqual(before);
  });

  it('waits when the sweep was not complete, while a further address is added at once', async () => {
    setMail('person1', 'new@x.org');
    setMail('person2', 'person2@x.org', 'second@x.org');
    expect((await now().sync({ kind: 'size-limit', afterEntries: PEOPLE - 1 })).state).toBe('failed');
    expect(await addressesOf('person1')).toBe('person1@x.org');
    expect(await addressesOf('person2')).toBe('person2@x.org second@x.org');
  });

  it('may be one that somebody else gives up in the same run, whatever the order', async () => {
    setMail('person1', 'person2@x.org');
    setMail('person2', 'person3@x.org');
    setMail('person3', 'new@x.org');
    expect(await now().sync()).toMatchObject({
      state: 'completed',
      counts: { updated: 3, conflicted: 0 },
    });
    expect([
      await addressesOf('person1'),
      await addressesOf('person2'),
      await addressesOf('person3'),
    ]).toEqual(['person2@x.org', 'person3@x.org', 'new@x.org']);
  });

  it('may be that of somebody who wants the one of this person: they exchange theirs', async () => {
    setMail('person1', 'person2@x.org');
    setMail('person2', 'person1@x.org');
    const before = await addresses();
    const run = await now().sync();
    expect(run).toMatchObject({ state: 'completed', counts: { conflicted: 0, updated: 2 }, attention: [] });
    expect([await addressesOf('person1'), await addressesOf('person2')]).toEqual([
      'person2@x.org',
      'person1@x.org',
    ]);
    expect(await now().revert(run._id)).toMatchObject({ counts: { updated: 2 }, attention: [] });
    expect(await addresses()).toEqual(before);
  });

  it('that nobody gives up is a conflict, which costs nothing but the address', async () => {
    setMail('person1', 'person2@x.org');
    setMail('person2', 'admin@x.org');
    staff.change('person1', { cn: 'New name' });
    setMail('person4', 'ADMIN@x.org');
    await insertHostUser('admin@x.org');
    const run = await now().sync();
    expect(run).toMatchObject({ state: 'completed', counts: { conflicted: 3, updated: 0 } });
    expect(run.attention).toContainEqual(
      expect.objectContaining({
        username: 'person1',
        outcome: 'conflicted',
        reason: expect.stringContaining('person2@x.org'),
      }),
    );
    expect(await user('person1')).toMatchObject({
      name: 'New name',
      emails: [{ address: 'person1@x.org' }],
    });
    expect(await addressesOf('person4')).toBe('person4@x.org');
    const preview = await now().preview();
    expect(preview.counts).toEqual({ ...run.counts, conflicted: 3 });
  });

  it('takes the place of what cannot be read, too', async () => {
    await set('person1', { emails: [null, { address: 'person1@x.org', verified: false }, 'x'] });
    setMail('person1', 'new@x.org');
    expect(await now().sync()).toMatchObject({ counts: { updated: 1 }, attention: [] });
    expect(await addressesOf('person1')).toBe('new@x.org');
  });

  it('does not overwrite one that the user has been given since', async () => {
    setMailOfAll();
    const { _id: runId } = await now().sync();
    await users().updateOne(
      { username: 'person1' },
      { $push: { emails: { address: 'own@x.org', verified: true } as never } },
    );
    const approval = await now().approve(runId);
    expect(approval).toMatchObject({ state: 'completed', counts: { updated: PEOPLE - 1, unchanged: 1 } });
    expect(await addressesOf('person1')).toBe('person1@x.org own@x.org');
  });

  it('is not taken back where somebody else has the earlier one by now, which is said', async () => {
    setMail('person1', 'new@x.org');
    const { _id: runId } = await now().sync();
    await insertHostUser('person1@x.org');
    const revert = await now().revert(runId);
    expect(revert).toMatchObject({
      counts: { updated: 0, unchanged: 1 },
      attention: [{ username: 'person1', reason: expect.stringContaining('earlier address') }],
    });
    expect(await addressesOf('person1')).toBe('new@x.org');
  });

  it('is taken back also where the run was killed, and only where it was taken', async () => {
    setMail('person1', 'new@x.org');
    staff.rename('person2', 'renamed');
    staff.leave('person3');
    const run = await killAt(removals(3), () => now().sync());
    expect(run).toMatchObject({ state: 'interrupted', removed: 2, counts: { updated: 2 } });
    expect(await now().revert(run._id)).toMatchObject({
      state: 'completed',
      counts: { updated: 2, reactivated: 0, unchanged: 0 },
      attention: [],
    });
    expect(await addressesOf('person1')).toBe('person1@x.org');
    expect([await user('person2'), await user('person3')]).toMatchObject([{}, { active: true }]);
  });
});
