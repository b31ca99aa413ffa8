import { errorOf, LEFT_OUT, NARROW, toPlan, useNarrowPlan } from '../setup/narrow-plan.js';
import { collected } from '../setup/interventions.js';

const planning = useNarrowPlan();
const { preview, apply, off, changes } = planning;
const collection = (name: string) => planning.connection().collection(name);
const DAY_MS = 86_400_000;

/** What the database does by itself a day after a preview whose rows are kept for a day. */
async function expireRows(previewId: string): Promise<void> {
  const byPreview = { _id: { $gt: `${previewId}/`, $lt: `${previewId}/~` } as never };
  await collection('ldap_sync_changes').deleteMany(byPreview);
  const startedAt = new Date(Date.now() - DAY_MS);
  await collection('ldap_sync_runs').updateOne({ _id: previewId as never }, { $set: { startedAt } });
}

/** With a newcomer, who is written during the sweep. */
const previewOfADay = async () => {
  planning.staff().hire('newa');
  planning.showStaff();
  await planning.store({ LDAP_Sync_History_Days: 1 });
  return preview(NARROW);
};

describe('rows of a preview that expire', () => {
  it('during the sweep are not missed: all that was shown is done, and counted', async () => {
    const plan = await previewOfADay();
    planning.before(collected(), () => expireRows(plan._id));
    const run = await apply(plan._id);
    expect(run).toMatchObject({ state: 'completed', counts: { deactivated: 6 } });
    expect(run.plan?.removals).toEqual(toPlan({ planned: { deactivations: 6 } }).removals);
    expect(await off()).toEqual(LEFT_OUT);
  });

  it('during the sweep leave the additions uncompared, which is said rather than 0', async () => {
    const plan = await previewOfADay();
    planning.before(collected(), () => expireRows(plan._id));
    const run = await apply(plan._id);
    expect(run.plan).not.toHaveProperty('additions');
    expect(run.attention.filter(({ params }) => params?.kind === 'write')).toEqual([]);
    expect(run.problems).toContainEqual(
      expect.objectContaining({ message: expect.stringMatching(/not be compared.*expired/) }),
    );
  });

  it('before they are read end the application: nothing is saved, and nobody is removed', async () => {
    const plan = await previewOfADay();
    await expireRows(plan._id);
    const run = await apply(plan._id);
    expect([run.state, run.plan, run.settingsChange, run.removed]).toEqual([
      'failed',
      undefined,
      undefined,
      0,
    ]);
    expect(run.problems).toContainEqual({
      message: expect.stringContaining('have expired'),
      remedy: expect.stringContaining('ldap.previewSync'),
    });
    expect([await off(), await changes()]).toEqual([[], []]);
  });
});

it('a list that is too long to be kept in memory is refused before a run is begun', async () => {
  const plan = await preview(NARROW);
  const expiresAt = new Date(Date.now() + DAY_MS);
  const long = Array.from({ length: 5 }, (_, index) => ({
    _id: `${plan._id}/r/100000${index}` as never,
    expiresAt,
    rows: Array.from({ length: 100_000 }, () => 0),
  }));
  await collection('ldap_sync_changes').insertMany(long);
  expect(await errorOf(apply(plan._id))).toBe('plan-not-applicable');
  expect(await collection('ldap_sync_runs').countDocuments({ kind: 'application' })).toBe(0);
});
