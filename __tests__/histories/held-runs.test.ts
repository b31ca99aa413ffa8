import { REQUESTER, type Engine } from '../setup/engine.js';
import { useHistories } from '../setup/histories.js';
import { removals } from '../setup/interventions.js';
import { createStaff, type Staff } from '../setup/staff.js';

/** Eleven are one more than is always allowed. */
const LEAVERS = 11;
const PEOPLE = 20;
const SETTINGS = { LDAP_Background_Sync_Disable_Missing_Users: true };
const { collection, engine, killAt, set } = useHistories();
const users = () => collection('users');
const active = () => users().countDocuments({ active: true });
const names = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `person${from + index}`);

describe('a run that would remove too many', () => {
  let staff: Staff;
  const now = (): Engine => engine(staff.entries(), SETTINGS);

  beforeEach(async () => {
    staff = createStaff(names(PEOPLE));
    expect((await now().sync()).counts.created).toBe(PEOPLE);
  });

  it('does everything additive, removes nothing, and keeps the list', async () => {
    staff.leave(...names(LEAVERS));
    staff.rename('person12', 'renamed');
    staff.change('person13', { mail: 'new@x.org' });
    staff.change('person14', { cn: 'Somebody else' });
    staff.hire('newcomer');
    const run = await now().sync();
    expect(run).toMatchObject({
      kind: 'sync',
      state: 'held',
      held: {
        deactivations: LEAVERS,
        renames: 1,
        clearings: 1,
        approvable: true,
        reason: expect.stringContaining('11 of 20'),
      },
      counts: { created: 1, updated: 2, deactivated: 0 },
    });
    expect(await active()).toBe(PEOPLE + 1);
    expect(await users().countDocuments({ username: 'renamed' })).toBe(0);
    expect(await users().countDocuments({ 'emails.address': 'new@x.org' })).toBe(0);
    expect(await users().countDocuments({ name: 'Somebody else' })).toBe(1);
    const waiting = (await now().changes(run._id)).filter(({ state }) => state === 'waiting');
    expect(waiting.map(({ kind, username }) => `${kind} ${username}`).sort()).toEqual(
      [...names(LEAVERS).map((name) => `deactivate ${name}`), 'rename person12', 'clear person13'].sort(),
    );
  });

  it('is not sneaked through by the next run, even when few are left', async () => {
    staff.moveOut(...names(LEAVERS));
    expect((await now().sync()).state).toBe('held');
    expect((await now().sync()).state).toBe('held');
    staff.moveBack(...names(8));
    expect(await now().sync()).toMatchObject({
      state: 'held',
      held: { deactivations: 3, reason: expect.stringContaining('nobody has approved or rejected') },
    });
    expect(await active()).toBe(PEOPLE);
    staff.moveBack(...names(3, 8));
    expect((await now().sync()).state).toBe('completed');
    staff.leave('person0');
    expect(await now().sync()).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
  });

  it(
    'is done by an approval: who is still missing goes, who came back stays, and the report says who ' +
      'approved',
    async () => {
      staff.moveOut(...names(LEAVERS));
      staff.rename('person12', 'renamed');
      staff.rename('person13', 'other');
      const held = await now().sync();
      staff.moveBack('person0', 'person1');
      staff.rename('person13', 'person13');
      const approval = await now().approve(held._id);
      expect(approval).toMatchObject({
        kind: 'approval',
        of: held._id,
        state: 'completed',
        requestedBy: REQUESTER,
        counts: { read: 0, deactivated: LEAVERS - 2, updated: 1, unchanged: 3 },
      });
      expect(await active()).toBe(PEOPLE - LEAVERS + 2);
      expect(
        (await users().find({ active: false }).toArray()).map(({ username }) => username as string).sort(),
      ).toEqual(names(9, 2).sort());
      expect(await users().findOne({ username: 'renamed' })).not.toBeNull();
      expect(await users().findOne({ username: 'person13' })).not.toBeNull();
      const skipped = (await now().changes(approval._id)).filter(({ state }) => state === 'skipped');
      expect(skipped.map(({ username }) => username).sort()).toEqual(['person0', 'person1', 'person13']);
      expect(approval.attention).toContainEqual(
        expect.objectContaining({ username: 'person0', outcome: 'unchanged' }),
      );
      expect(await now().run(held._id)).toMatchObject({
        state: 'held',
        decision: { verdict: 'approved', by: REQUESTER, runId: approval._id },
      });
      expect((await now().sync()).state).toBe('completed');
    },
  );

  it('is decided once: a second approval or rejection is refused', async () => {
    staff.leave(...names(LEAVERS));
    const { _id: runId } = await now().sync();
    await now().approve(runId);
    const refusal = {
      code: 'run-already-decided',
      message: expect.stringContaining(`approved by ${REQUESTER.username}`),
    };
    await expect(now().approve(runId)).rejects.toMatchObject(refusal);
    await expect(now().reject(runId)).rejects.toMatchObject(refusal);
  });

  it('approved by several at once happens once', async () => {
    staff.leave(...names(LEAVERS));
    const { _id: runId } = await now().sync();
    const answers = await Promise.allSettled(Array.from({ length: 6 }, () => now().approve(runId)));
    const done = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    expect(done).toMatchObject([{ state: 'completed', counts: { deactivated: LEAVERS } }]);
    for (const answer of answers)
      if (answer.status === 'rejected')
        expect(['run-already-decided', 'run-in-progress']).toContain(
          (answer.reason as { code: string }).code,
        );
  });

  it('that was rejected stays undone, and the next run asks again', async () => {
    staff.leave(...names(LEAVERS));
    const { _id: runId } = await now().sync();
    await now().reject(runId);
    expect(await now().run(runId)).toMatchObject({ decision: { verdict: 'rejected', by: REQUESTER } });
    await expect(now().approve(runId)).rejects.toMatchObject({ code: 'run-already-decided' });
    expect((await now().sync()).state).toBe('held');
    expect(await active()).toBe(PEOPLE);
  });

  it('cannot be approved once a newer run has seen the directory', async () => {
    staff.leave(...names(LEAVERS));
    const old = await now().sync();
    const newer = await now().sync();
    await expect(now().approve(old._id)).rejects.toMatchObject({
      code: 'run-overtaken',
      remedy: expect.stringContaining(newer._id),
    });
    expect((await now().approve(newer._id)).counts.deactivated).toBe(LEAVERS);
  });

  it('cannot be approved when it was not held, was a preview, or never was', async () => {
    const done = await now().sync();
    await expect(now().approve(done._id)).rejects.toMatchObject({ code: 'run-not-held' });
    staff.leave(...names(LEAVERS));
    const preview = await now().preview();
    expect(preview).toMatchObject({ kind: 'preview', state: 'held' });
    await expect(now().approve(preview._id)).rejects.toMatchObject({
      code: 'run-not-held',
      message: expect.stringContaining('preview'),
    });
    await expect(now().approve('a'.repeat(17))).rejects.toMatchObject({ code: 'run-not-found' });
  });

  it('whose approval found no directory may be approved again', async () => {
    staff.leave(...names(LEAVERS));
    const { _id: runId } = await now().sync();
    expect((await now().approve(runId, { fault: { kind: 'lost', afterPages: 0 } })).state).toBe('failed');
    expect(await active()).toBe(PEOPLE);
    expect((await now().approve(runId)).counts.deactivated).toBe(LEAVERS);
  });

  it('is reverted after its approval: everybody who was switched off or renamed is as before', async () => {
    staff.leave(...names(LEAVERS));
    staff.rename('person12', 'renamed');
    const all = () =>
      users()
        .find({}, { projection: { _updatedAt: 0, importIds: 0 } })
        .sort({ _id: 1 })
        .toArray();
    const before = await all();
    const held = await now().sync();
    const approval = await now().approve(held._id);
    await set('person0', { active: true });
    await expect(now().revert(held._id)).rejects.toMatchObject({
      code: 'run-not-revertible',
      remedy: expect.stringContaining(approval._id),
    });
    const revert = await now().revert(approval._id);
    expect(revert).toMatchObject({
      kind: 'revert',
      of: approval._id,
      state: 'completed',
      counts: { reactivated: LEAVERS - 1, updated: 1, unchanged: 1 },
    });
    expect(revert.attention).toEqual([
      expect.objectContaining({ username: 'person0', reason: expect.stringContaining('stays as it is') }),
    ]);
    await users().updateOne(
      { username: 'person0' },
      {
        $unset: {
          inactiveReason: '',
          'ldapSync.deactivatedAt': '',
          'ldapSync.deactivatedBecause': '',
          'ldapSync.deactivatedByRun': '',
        },
      },
    );
    const after = await all();
    for (const user of after)
      if (user.ldapSync && Object.keys(user.ldapSync as object).length === 0) delete user.ldapSync;
    for (const user of [...before, ...after]) delete user.services.resume;
    expect(after).toEqual(before);
    await expect(now().revert(approval._id)).rejects.toMatchObject({ code: 'run-already-reverted' });
  });

  it('that is killed while it removes is reverted as far as it came', async () => {
    staff.leave('person0');
    staff.rename('person1', 'renamed');
    staff.change('person2', { mail: 'new@x.org' });
    const run = await killAt(removals(3), () => now().sync());
    expect(run).toMatchObject({ state: 'interrupted', removed: 2, counts: { updated: 2, deactivated: 0 } });
    const rows = (await now().changes(run._id)).filter(({ kind }) => kind !== 'write');
    expect(rows.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
      'clear done',
      'deactivate waiting',
      'rename done',
    ]);
    expect(await now().revert(run._id)).toMatchObject({
      state: 'completed',
      counts: { reactivated: 0, updated: 2, unchanged: 0 },
      attention: [],
      problems: [],
    });
    expect(await active()).toBe(PEOPLE);
    expect(await users().findOne({ username: 'person1' })).not.toBeNull();
    expect(await users().countDocuments({ 'emails.address': 'person2@x.org' })).toBe(1);
    expect(await now().sync()).toMatchObject({ state: 'completed', counts: { updated: 2, deactivated: 1 } });
  });

  it('keeps what it did to each person for who asks later', async () => {
    staff.change('person13', { mail: 'new@x.org' });
    const run = await now().sync();
    const [newest, first] = await now().changesOfUser(
      (await users().findOne({ username: 'person13' }))!._id as never,
    );
    expect(newest).toMatchObject({
      runId: run._id,
      rows: [
        {
          outcome: 'updated',
          state: 'done',
          fields: [
            {
              field: 'emails',
              from: [{ address: 'person13@x.org', verified: true }],
              to: [{ address: 'new@x.org', verified: true }],
            },
          ],
        },
      ],
    });
    expect(first?.rows).toMatchObject([{ outcome: 'created' }]);
    expect(await now().changes(run._id, { text: 'NEW@x' })).toHaveLength(1);
    expect(await now().changes(run._id, { text: 'nobody' })).toEqual([]);
    expect(await now().changes(run._id, { outcome: 'created' })).toEqual([]);
  });
});
