import { toFinding } from '../../../lib/findings/finding.js';
import { createSeenIds } from '../../../lib/sync/removals/seen-ids.js';
import { createTally } from '../../../lib/sync/run/tally.js';

it('a report stays small, whatever the directory sends, and says what it leaves out', () => {
  const tally = createTally();
  for (let index = 0; index < 1_500; index += 1) {
    tally.attention({ outcome: 'rejected', dn: 'x'.repeat(100_000), reason: 'r', remedy: 'r' });
  }
  const { attention, problems } = tally.snapshot();
  expect(attention).toHaveLength(1_000);
  expect(JSON.stringify(attention).length).toBeLessThan(1_200_000);
  expect(problems).toEqual([
    expect.objectContaining({ message: expect.stringContaining('500 more people') }),
  ]);
});

it('the report has what is wrong with a setting in words only, whatever else the finding carries', () => {
  const tally = createTally();
  const { message, remedy, ...codes } = toFinding('host-empty', {});
  tally.problem({ setting: 'LDAP_Host', message, remedy, ...codes });
  expect(tally.snapshot().problems).toEqual([{ setting: 'LDAP_Host', message, remedy }]);
});

it('a person who turns out otherwise is still counted once', () => {
  const tally = createTally();
  tally.read(1);
  tally.count('unchanged');
  tally.recount('unchanged', 'deactivated');
  expect(tally.snapshot().counts).toMatchObject({ read: 1, unchanged: 0, deactivated: 1 });
});

it('an id is new once', () => {
  const seen = createSeenIds();
  expect([seen.add('00ff'), seen.add('00ff'), seen.add('00fe')]).toEqual([true, false, true]);
  expect([seen.has('00ff'), seen.has('00'), seen.size]).toEqual([true, false, 2]);
});
