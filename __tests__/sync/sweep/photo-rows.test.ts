import type { RemovalRow } from '../../../models/change-row.js';
import type { RunProblem } from '../../../models/run-report.js';
import { createSweepState } from '../../../lib/sync/removals/sweep-state.js';
import { collectPhotoRows, settlePhotoRows } from '../../../lib/sync/sweep/photo-rows.js';
import { collectingChanges } from '../../setup/port-fakes.js';
import { toRow } from '../../setup/removal-rows.js';

const toRows = (count: number): RemovalRow[] =>
  Array.from({ length: count }, (_, index) => toRow('photo', `u${index}`));

function setUp() {
  const problems: RunProblem[] = [];
  const changes = collectingChanges();
  const state = createSweepState(0);
  const settle = () =>
    settlePhotoRows(state, { changes, tally: { problem: (one) => void problems.push(one) } });
  return { problems, changes, state, settle };
}

describe('removals of photos', () => {
  it('wait until somebody has shown a photo, and are counted then', async () => {
    const { problems, changes, state, settle } = setUp();
    await collectPhotoRows(toRows(3), state, changes);
    expect([changes.collected.length, state.wanted.photos]).toEqual([0, 0]);
    state.filled.add('photo');
    await settle();
    expect([changes.collected.length, state.wanted.photos, problems]).toEqual([3, 3, []]);
  });

  it('are left out when nobody shows one, and the report names the setting', async () => {
    const { problems, changes, state, settle } = setUp();
    await collectPhotoRows(toRows(3), state, changes);
    await settle();
    expect([changes.collected.length, state.wanted.photos]).toEqual([0, 0]);
    expect(problems).toEqual([expect.objectContaining({ setting: 'LDAP_Avatar_Field' })]);
  });

  it('are kept in memory up to a thousand; the others are left to a later run, which the report says', async () => {
    const { problems, changes, state, settle } = setUp();
    await collectPhotoRows(toRows(1_200), state, changes);
    state.filled.add('photo');
    await settle();
    expect(changes.collected).toHaveLength(1_000);
    expect(problems).toEqual([expect.objectContaining({ message: expect.stringMatching(/^200 people/) })]);
  });
});
