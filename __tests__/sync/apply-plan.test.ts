import { errorOf, LEFT_OUT, NARROW, SETTINGS, toPlan, useNarrowPlan } from '../setup/narrow-plan.js';
import { createStaff, type Staff } from '../setup/staff.js';

const FILTER = NARROW.LDAP_User_Search_Filter;

const planning = useNarrowPlan();
const { preview, apply, people, setting, sync, engine, off, changes, showStaff: show } = planning;
let staff: Staff;
beforeEach(() => {
  staff = planning.staff();
});

describe('a plan that is applied', () => {
  it('does exactly what was shown, though the guard would hold so many, saves the settings once, and says so', async () => {
    const plan = await preview(NARROW);
    expect([plan.kind, plan.state, plan.held?.code]).toEqual(['trial', 'held', 'too-many-removals']);
    const run = await apply(plan._id);
    expect(run).toMatchObject({
      kind: 'application',
      state: 'completed',
      of: plan._id,
      unsaved: ['LDAP_User_Search_Filter'],
      counts: { deactivated: 6, unchanged: 4 },
    });
    expect(run.plan).toEqual(toPlan({ planned: { deactivations: 6 } }));
    expect(await off()).toEqual(LEFT_OUT);
    expect(await setting('LDAP_User_Search_Filter')).toBe(FILTER);
    expect(await changes()).toMatchObject([
      { _id: run.settingsChange, applies: plan._id, by: { username: 'tess' } },
    ]);
    expect((await sync()).state).toBe('completed');
  });

  it('is undone by taking back the settings and reverting the run', async () => {
    const before = [await people(), await setting('LDAP_User_Search_Filter')];
    const run = await apply((await preview(NARROW))._id);
    const { settingsChange: changeId = '' } = run;
    await planning.configuration().restore({ changeId }, { _id: 'tester' });
    expect((await engine().revert(run._id)).counts.reactivated).toBe(6);
    expect([await people(), await setting('LDAP_User_Search_Filter')]).toEqual(before);
    expect((await sync()).counts).toMatchObject({ unchanged: 10, deactivated: 0 });
  });

  it('may be one of the settings as they are: nothing is saved then', async () => {
    staff.leave(...LEFT_OUT);
    show();
    const plan = await preview();
    const run = await apply(plan._id);
    expect([run.state, run.counts.deactivated, 'settingsChange' in run, 'unsaved' in run]).toEqual([
      'completed',
      6,
      false,
      false,
    ]);
    expect(await changes()).toEqual([]);
  });

  it('overtakes an earlier list that waits', async () => {
    staff.leave(...LEFT_OUT);
    show();
    const held = await sync();
    expect(held.state).toBe('held');
    expect((await apply((await preview())._id)).state).toBe('completed');
    expect(await errorOf(engine().approve(held._id))).toBe('run-overtaken');
  });

  it('deletes no report by settings that are not saved', async () => {
    const reports = planning.connection().collection('ldap_sync_runs');
    const report = (await reports.findOne({ kind: 'sync' }))!;
    const older = Array.from({ length: 15 }, (_, index) => ({
      ...report,
      _id: `older${index}` as never,
      startedAt: new Date(index),
    }));
    await reports.insertMany(older);
    const plan = await preview({ ...NARROW, LDAP_Sync_History_Runs: 10 });
    const before = await reports.countDocuments({});
    await apply(plan._id);
    expect(await reports.countDocuments({})).toBe(before + 1);
  });

  it('is applied once', async () => {
    const plan = await preview(NARROW);
    await apply(plan._id);
    expect(await errorOf(apply(plan._id))).toBe('plan-already-applied');
  });

  it('is applied by one of two callers at the same moment', async () => {
    const plan = await preview(NARROW);
    const codes = await Promise.all([1, 2].map(() => errorOf(apply(plan._id))));
    expect(codes.sort()).toEqual(['nothing', 'run-in-progress']);
    expect(await changes()).toHaveLength(1);
  });
});

describe('when the directory has changed since the preview', () => {
  it('who is to be removed beside waits for a decision, and an approval does it with the new settings', async () => {
    const plan = await preview(NARROW);
    staff.leave('p3');
    show();
    const run = await apply(plan._id);
    expect(run).toMatchObject({
      state: 'held',
      held: { code: 'not-in-plan', deactivations: 1, approvable: true, params: { removals: 1 } },
      counts: { deactivated: 6 },
    });
    expect(run.plan).toEqual(toPlan({ planned: { deactivations: 6 }, notPlanned: { deactivations: 1 } }));
    expect(run.attention).toContainEqual(expect.objectContaining({ code: 'not-in-plan', username: 'p3' }));
    expect(await off()).toEqual(LEFT_OUT);
    expect(await setting('LDAP_User_Search_Filter')).toBe(FILTER);
    await engine().approve(run._id);
    expect(await off()).toEqual(['p3', ...LEFT_OUT]);
  });

  it('who came back stays, and is named', async () => {
    staff.leave(...LEFT_OUT);
    show();
    const plan = await preview();
    staff.hire('p9');
    show();
    const run = await apply(plan._id);
    expect(run).toMatchObject({
      state: 'completed',
    });
    expect(run.plan?.removals).toMatchObject({
      planned: { deactivations: 6 },
      notWanted: { deactivations: 1 },
    });
    expect(run.attention).toContainEqual(expect.objectContaining({ code: 'plan-overtaken', username: 'p9' }));
    expect(await off()).toEqual(LEFT_OUT.slice(0, -1));
  });

  it('newcomers flow, and what was written otherwise is counted by outcome and named', async () => {
    staff.hire('newa');
    staff.hire('newb');
    show();
    const plan = await preview(NARROW);
    staff.leave('newa');
    staff.hire('newc');
    staff.change('p0', { telephoneNumber: '42' });
    show();
    const run = await apply(plan._id);
    expect(run).toMatchObject({
      state: 'completed',
    });
    expect(run.plan?.additions).toEqual({
      notWanted: { created: 1 },
      notPlanned: { created: 1, updated: 1 },
    });
    expect(
      run.attention
        .filter(({ params }) => params?.kind === 'write')
        .map(({ code, username }) => [code, username]),
    ).toEqual(
      expect.arrayContaining([
        ['not-in-plan', 'newc'],
        ['not-in-plan', 'p0'],
        ['plan-overtaken', 'newa'],
      ]),
    );
    expect(await people()).toMatchObject({ newb: true, newc: true });
  });

  it.each([
    ['another name', { uid: 'p1b' }, { uid: 'p1c' }, 'renames'],
    ['another address that is lost', { mail: 'x@x.org' }, { mail: 'y@x.org' }, 'clearings'],
  ] as const)(
    '%s than the one that was shown is another removal, and waits',
    async (_, shown, then, count) => {
      staff.change('p1', { mail: ['p1@x.org', 'x@x.org', 'y@x.org'] });
      show();
      await sync();
      const kept = ['p1@x.org', 'x@x.org', 'y@x.org'];
      const without = (values: object) =>
        'mail' in values
          ? { mail: kept.filter((address) => address !== values.mail) }
          : (values as { uid: string });
      staff.change('p1', without(shown));
      show();
      const plan = await preview();
      staff.change('p1', without(then));
      show();
      const run = await apply(plan._id);
      expect(run).toMatchObject({
        state: 'held',
        held: { code: 'not-in-plan', [count]: 1 },
      });
      expect(run.plan?.removals).toMatchObject({ notWanted: { [count]: 1 }, notPlanned: { [count]: 1 } });
      expect(run.removed).toBe(0);
    },
  );
});

it('what needs a decision by its nature waits, though the preview has shown it', async () => {
  await planning
    .connection()
    .collection('users')
    .insertOne({
      _id: 'host' as never,
      username: 'newbie',
      type: 'user',
      active: true,
      roles: ['user'],
      emails: [{ address: 'newbie@x.org', verified: false }],
      services: { github: { id: '1' } },
    });
  staff.hire('newbie');
  show();
  const plan = await preview(NARROW);
  expect((await engine().changes(plan._id)).some(({ kind }) => kind === 'merge')).toBe(true);
  const run = await apply(plan._id);
  expect(run).toMatchObject({
    state: 'held',
    held: { code: 'decision-needed', merges: 1, deactivations: 0 },
  });
  const merges = (await engine().changes(run._id)).filter(({ kind }) => kind === 'merge');
  expect(merges.map(({ state }) => state)).toEqual(['waiting']);
  expect(await off()).toEqual(LEFT_OUT);
});

it('what the preview has passed over is not tried, though nothing is in its way any more', async () => {
  await planning
    .connection()
    .collection('users')
    .updateOne({ username: 'p9' }, { $set: { roles: ['admin'] } });
  staff.leave('p9');
  show();
  const plan = await preview();
  expect((await engine().changes(plan._id)).map(({ state }) => state)).toEqual(['skipped']);
  await planning
    .connection()
    .collection('users')
    .updateOne({ username: 'p1' }, { $set: { roles: ['admin'] } });
  const run = await apply(plan._id);
  expect(run.state).toBe('completed');
  expect(run.plan).toEqual(toPlan({ passedOver: { deactivations: 1 } }));
  expect(await off()).toEqual([]);
  expect((await sync()).counts.deactivated).toBe(1);
});

describe('a sweep that proves nothing', () => {
  it.each([
    ['ends half-way', { kind: 'lost', afterPages: 2 }, 'failed'],
    ['meets a size limit', { kind: 'size-limit', afterEntries: 2 }, 'failed'],
    ['finds nobody', { kind: 'empty' }, 'failed'],
    ['hides people whom a look-up shows', { kind: 'hides', every: 4, from: 1 }, 'held'],
    ['has an entry twice', { kind: 'repeats', index: 0 }, 'held'],
  ] as const)(
    '%s: nothing is saved, nobody is removed, and the plan can be applied when it is mended',
    async (_, fault, state) => {
      const plan = await preview(NARROW);
      planning.show(staff.entries(), fault);
      const run = await apply(plan._id);
      expect([run.state, run.removed, run.plan, run.settingsChange]).toEqual([
        state,
        0,
        undefined,
        undefined,
      ]);
      expect(run.held?.approvable ?? false).toBe(false);
      expect(run.problems.at(-1)?.remedy).toMatch(/\w/);
      expect([await off(), await changes()]).toEqual([[], []]);
      show();
      expect((await apply(plan._id)).state).toBe('completed');
      expect(await off()).toEqual(LEFT_OUT);
    },
  );

  it('is of a directory that nobody is known in: the plan is refused before, and nothing is saved after', async () => {
    const plan = await preview(NARROW);
    planning.show(createStaff(['new1', 'new2']).entries());
    const run = await apply(plan._id);
    expect(run).toMatchObject({ state: 'held', held: { code: 'directory-unverified', approvable: false } });
    expect([await off(), await changes()]).toEqual([[], []]);
    const other = await preview(NARROW);
    expect(await errorOf(apply(other._id))).toBe('plan-not-applicable');
  });
});

describe('when somebody changes the settings', () => {
  const change = (id: string, value: unknown) =>
    planning.configuration().change({ values: new Map([[id, value]]) }, { _id: 'other' });

  it.each([
    ['here', () => change('LDAP_Timeout', 50_000)],
    [
      'here, and back',
      async () => {
        await change('LDAP_User_Search_Filter', '(uid=*)');
        await change('LDAP_User_Search_Filter', SETTINGS.LDAP_User_Search_Filter);
      },
    ],
    ['in the chat server', () => planning.store({ LDAP_Timeout: 50_000 })],
    [
      'in the environment',
      () => {
        planning.environment.OVERWRITE_SETTING_LDAP_Timeout = '50000';
        return Promise.resolve();
      },
    ],
  ])(
    '%s after the preview, the plan is refused before anything is asked of the directory',
    async (_, act) => {
      const plan = await preview(NARROW);
      await act();
      expect(await errorOf(apply(plan._id))).toBe('plan-outdated');
      expect((await engine().run(plan._id)).state).toBe('held');
      expect(await setting('LDAP_User_Search_Filter')).toBe(SETTINGS.LDAP_User_Search_Filter);
      expect(await off()).toEqual([]);
    },
  );

  it.each([
    ['here', () => change('LDAP_Timeout', 50_000)],
    ['in the chat server', () => planning.store({ LDAP_Timeout: 50_000 })],
  ])('%s during the sweep, nothing is saved and nobody is removed', async (_, act) => {
    staff.hire('newa');
    show();
    const plan = await preview(NARROW);
    planning.before({ collection: 'ldap_sync_changes', method: 'insertMany' }, act);
    const run = await apply(plan._id);
    expect([run.state, run.removed, run.settingsChange, run.plan]).toEqual([
      'failed',
      0,
      undefined,
      undefined,
    ]);
    expect(run.problems.map(({ message }) => message).join(' ')).toMatch(/settings.*changed/);
    expect(await setting('LDAP_User_Search_Filter')).toBe(SETTINGS.LDAP_User_Search_Filter);
    expect(await off()).toEqual([]);
    expect(await errorOf(apply(plan._id))).toBe('plan-outdated');
  });
});

describe('what is no plan', () => {
  it('is refused: a sync, a run that is not there, a preview that failed', async () => {
    expect(await errorOf(apply((await sync())._id))).toBe('plan-not-applicable');
    expect(await errorOf(apply('nobodyKnowsThisId'))).toBe('run-not-found');
    planning.show(staff.entries(), { kind: 'lost', afterPages: 1 });
    const failed = await preview(NARROW);
    show();
    expect([failed.state, await errorOf(apply(failed._id))]).toEqual(['failed', 'plan-not-applicable']);
  });

  it('is a preview that is older than a day, by the time of the database', async () => {
    const plan = await preview(NARROW);
    await planning
      .connection()
      .collection('ldap_sync_plans')
      .updateOne({ _id: plan._id as never }, { $set: { expiresAt: new Date(Date.now() - 1_000) } });
    expect(await errorOf(apply(plan._id))).toBe('plan-expired');
    expect(await off()).toEqual([]);
  });
});
