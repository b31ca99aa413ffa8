import { errorOf, LEFT_OUT, NARROW, toPlan, useNarrowPlan } from '../setup/narrow-plan.js';

const planning = useNarrowPlan();
const { preview, apply, sync, off, changes } = planning;

describe('a host that is gone', () => {
  it.each([
    ['before the settings are saved', { collection: 'ldap_sync_changes', method: 'insertMany' }, 0],
    [
      'right after the settings are saved',
      {
        collection: 'ldap_sync_runs',
        method: 'updateOne',
        isMeant: ([, update]: readonly unknown[]) =>
          'settingsChange' in ((update as { $set?: object }).$set ?? {}),
      },
      1,
    ],
    [
      'in the middle of the removals',
      {
        collection: 'ldap_sync_changes',
        method: 'bulkWrite',
        isMeant: ([operations]: readonly unknown[]) => 'updateOne' in ((operations as object[])[0] ?? {}),
      },
      1,
    ],
  ] as const)(
    '%s: the same plan is applied again, and the settings are saved once',
    async (_, moment, saved) => {
      const plan = await preview(NARROW);
      await planning.killAt(moment, () => apply(plan._id));
      expect(await changes()).toHaveLength(saved);
      expect(await off()).toEqual([]);
      const run = await apply(plan._id);
      expect(run).toMatchObject({ state: 'completed', counts: { deactivated: 6 } });
      expect(await changes()).toMatchObject([{ _id: run.settingsChange, applies: plan._id }]);
      expect(await off()).toEqual(LEFT_OUT);
      const runs = planning.connection().collection('ldap_sync_runs');
      expect(await runs.countDocuments({ state: 'interrupted' })).toBe(1);
    },
  );

  it('has done everything but say so: applied again, nothing is done twice, and nothing is missed', async () => {
    const plan = await preview(NARROW);
    await planning.killAt(
      {
        collection: 'ldap_sync_runs',
        method: 'updateOne',
        isMeant: ([, update]) => (update as { $set?: { state?: string } }).$set?.state === 'completed',
      },
      () => apply(plan._id),
    );
    expect(await off()).toEqual(LEFT_OUT);
    const run = await apply(plan._id);
    expect(run).toMatchObject({
      state: 'completed',
      removed: 0,
    });
    expect(run.plan).toEqual(toPlan({ planned: { deactivations: 6 } }));
    expect(await changes()).toMatchObject([{ _id: run.settingsChange }]);
  });

  it.each([
    [
      'was doing the removals',
      {
        collection: 'ldap_sync_changes',
        method: 'bulkWrite',
        isMeant: ([operations]: readonly unknown[]) => 'updateOne' in ((operations as object[])[0] ?? {}),
      },
    ],
    [
      'has not noted it with the run yet',
      {
        collection: 'ldap_sync_runs',
        method: 'updateOne',
        isMeant: ([, update]: readonly unknown[]) =>
          'settingsChange' in ((update as { $set?: object }).$set ?? {}),
      },
    ],
  ] as const)(
    'has saved the settings and %s: no sync takes anybody away, however few, until somebody decides',
    async (_, moment) => {
      await planning.store({ LDAP_Guard_Always_Allowed: 100 });
      const plan = await preview(NARROW);
      await planning.killAt(moment, () => apply(plan._id));
      expect(await sync()).toMatchObject({
        state: 'held',
        held: { code: 'earlier-run-undecided', deactivations: 6, approvable: true },
      });
      expect(await off()).toEqual([]);
    },
  );

  it('has saved the settings, and somebody has changed them since: the plan is over', async () => {
    const plan = await preview(NARROW);
    await planning.killAt(
      {
        collection: 'ldap_sync_changes',
        method: 'bulkWrite',
        isMeant: ([operations]) => 'updateOne' in ((operations as object[])[0] ?? {}),
      },
      () => apply(plan._id),
    );
    const [saved] = await changes();
    await planning.configuration().restore({ changeId: saved?._id ?? '' }, { _id: 'other' });
    expect(await errorOf(apply(plan._id))).toBe('plan-outdated');
    expect(await off()).toEqual([]);
  });
});
