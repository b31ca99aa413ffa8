import { NARROW, useNarrowPlan } from '../setup/narrow-plan.js';

const planning = useNarrowPlan();
const { preview, apply, off } = planning;

const makeAdmin = (username: string) =>
  planning
    .connection()
    .collection('users')
    .updateOne({ username }, { $set: { roles: ['admin'] } });

describe('a removal that the preview has shown, and that could not be done', () => {
  it('is counted, and said in words, beside those that were done', async () => {
    const plan = await preview(NARROW);
    // The last administrator is never switched off.
    await makeAdmin('p9');
    const run = await apply(plan._id);
    expect(run).toMatchObject({ state: 'completed', removed: 5 });
    expect(run.plan?.removals).toMatchObject({
      planned: { deactivations: 6 },
      notDone: { deactivations: 1 },
      notWanted: {},
    });
    expect(run.problems).toContainEqual(
      expect.objectContaining({ message: expect.stringMatching(/^1 removal of the preview was not done/) }),
    );
    expect(run.attention).toContainEqual(expect.objectContaining({ username: 'p9' }));
    expect(await off()).toEqual(['p4', 'p5', 'p6', 'p7', 'p8']);
  });

  it('because somebody has changed the person meanwhile, is counted likewise', async () => {
    const plan = await preview(NARROW);
    planning.beforeReread(() =>
      planning
        .connection()
        .collection('users')
        .updateOne({ username: 'p9' }, { $unset: { 'services.ldap': '' } }),
    );
    const { plan: applied } = await apply(plan._id);
    expect(applied?.removals).toMatchObject({ planned: { deactivations: 6 }, notDone: { deactivations: 1 } });
  });
});
