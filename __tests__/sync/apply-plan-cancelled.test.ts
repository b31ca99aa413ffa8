import { errorOf, LEFT_OUT, NARROW, useNarrowPlan } from '../setup/narrow-plan.js';

const planning = useNarrowPlan();
const { preview, apply, off, sync } = planning;

/** The last that is written before what was written is compared. */
const proven = {
  collection: 'ldap_sync_lease',
  method: 'updateOne',
  isMeant: ([, update]: readonly unknown[]) => JSON.stringify(update).includes('provenAt'),
} as const;

it('an application that is cancelled while it compares ends, says that all is done, and holds what waits', async () => {
  planning.staff().change('p0', { telephoneNumber: '42' });
  planning.showStaff();
  const plan = await preview(NARROW);
  planning.staff().leave('p3');
  planning.showStaff();
  planning.cancelAfter(proven);
  const run = await apply(plan._id);
  expect(run).toMatchObject({ state: 'held', held: { code: 'not-in-plan', deactivations: 1 }, removed: 6 });
  expect(run.plan).toMatchObject({ removals: { planned: { deactivations: 6 }, notDone: {} } });
  expect(run.plan).not.toHaveProperty('additions');
  expect(run.problems).toContainEqual(
    expect.objectContaining({ message: expect.stringMatching(/not be compared.*end of the run/) }),
  );
  expect(await off()).toEqual(LEFT_OUT);
  expect(await errorOf(apply(plan._id))).toBe('plan-already-applied');
  expect(await sync()).toMatchObject({ state: 'held', held: { code: 'earlier-run-undecided' } });
});
