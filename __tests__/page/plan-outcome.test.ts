import type { RunReport } from '../../ui/api/answers.js';
import { isSaved, toUndone } from '../../ui/settings/plan-outcome.js';

const toPlan = (removals: object) =>
  ({
    removals: { planned: {}, notWanted: {}, notDone: {}, notPlanned: {}, passedOver: {}, ...removals },
  }) as const;

describe('an application of a preview', () => {
  it.each<[string, Partial<RunReport>, boolean]>([
    ['was held because its sweep proves nothing', { state: 'held' }, false],
    ['failed', { state: 'failed' }, false],
    ['was cut off after the settings were saved', { settingsChange: 'a', state: 'interrupted' }, true],
    ['is held with what was not shown', { settingsChange: 'a', plan: toPlan({}), state: 'held' }, true],
    ['had nothing to save, and is done', { plan: toPlan({}), state: 'completed' }, true],
  ])('that %s is shown as saved by what its record says', (_, run, is) => {
    expect(isSaved(run)).toBe(is);
  });

  it('says how many of the removals that were shown are done, and what has become of the others', () => {
    const plan = toPlan({
      planned: { deactivations: 6, photos: 2 },
      notDone: { deactivations: 1 },
      notWanted: { photos: 2 },
    });
    expect(toUndone({ plan })).toEqual({
      planned: 8,
      done: 5,
      missed: [
        { name: 'notDone', count: 1 },
        { name: 'notWanted', count: 2 },
      ],
    });
    expect(toUndone({ plan: toPlan({ planned: { deactivations: 6 } }) })).toBeUndefined();
  });
});
