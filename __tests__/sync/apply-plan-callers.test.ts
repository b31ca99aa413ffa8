import { errorOf, LEFT_OUT, NARROW, useNarrowPlan } from '../setup/narrow-plan.js';

const planning = useNarrowPlan();
const { preview, apply, off, changes } = planning;
const runs = () => planning.connection().collection('ldap_sync_runs');
const applications = () => runs().distinct('state', { kind: 'application' });
const leases = () => planning.connection().collection('ldap_sync_lease');

/** Right before a caller takes the lease, when it has looked at everything for the first time. */
const beforeItStarts = { collection: 'ldap_sync_lease', method: 'findOneAndUpdate' } as const;

describe('of two callers at the same time', () => {
  it('whoever finds the plan applied when it starts gets an error, and leaves no run behind', async () => {
    const plan = await preview(NARROW);
    planning.before(beforeItStarts, () => apply(plan._id));
    expect(await errorOf(apply(plan._id))).toBe('plan-already-applied');
    expect(await applications()).toEqual(['completed']);
    expect(await runs().countDocuments({ kind: 'application' })).toBe(1);
    expect(await off()).toEqual(LEFT_OUT);
    expect(await changes()).toHaveLength(1);
  });

  it('whoever finds the settings changed when it starts gets an error, and leaves no run and no lease behind', async () => {
    const plan = await preview(NARROW);
    planning.before(beforeItStarts, () => planning.store({ LDAP_Timeout: 50_000 }));
    expect(await errorOf(apply(plan._id))).toBe('plan-outdated');
    expect(await applications()).toEqual([]);
    expect(await leases().findOne({ _id: 'ldap-sync' as never })).toMatchObject({ runId: null });
    expect((await planning.sync()).state).toBe('completed');
  });
});
