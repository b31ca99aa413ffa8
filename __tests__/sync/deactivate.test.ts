import { deactivateMissing } from '../../lib/sync/deactivate.js';
import type { ActiveRun } from '../../lib/sync/active-run.js';
import type { RemovalDependencies } from '../../lib/sync/removal-dependencies.js';
import { createTally } from '../../lib/sync/tally.js';
import type { DeactivationCandidate } from '../../lib/sync/user-store.js';
import type { Whereabouts } from '../../lib/sync/whereabouts.js';

const ADA: DeactivationCandidate = {
  userId: 'u1',
  ldapId: 'a1',
  idAttribute: 'entryUUID',
  username: 'ada',
  name: 'Ada',
  isAdmin: false,
  because: 'missing-from-directory',
};

/** The two ports that switching off needs; what else there is must not be touched. */
async function deactivated(where: Whereabouts | undefined, result: 'done' | 'changed' | 'last-admin' = 'done') {
  const asked: string[] = [];
  const tally = createTally();
  const run = { id: 'r1', tally, assertGoingOn: () => undefined, assertMayWrite: () => undefined } as unknown as ActiveRun;
  const users = {
    deactivate: async ({ userId }: DeactivationCandidate) => {
      asked.push(userId);
      return result;
    },
  };
  await deactivateMissing(ADA, where, { users, run, now: () => new Date() } as unknown as RemovalDependencies);
  return { asked, ...tally.snapshot() };
}

it.each<[string, Whereabouts]>([
  ['gone', { kind: 'gone' }],
  ['outside the filter', { kind: 'outside-filter', dn: 'uid=ada' }],
  ['outside the base', { kind: 'outside-base', dn: 'uid=ada' }],
])('who is %s is switched off', async (_, where) => {
  const { asked, counts, attention } = await deactivated(where);
  expect([asked, counts.deactivated]).toEqual([['u1'], 1]);
  expect(attention).toEqual([expect.objectContaining({ outcome: 'deactivated', username: 'ada' })]);
});

it.each<[string, Whereabouts | undefined]>([
  ['shown by a direct look-up', { kind: 'present', dn: 'uid=ada' }],
  ['not looked up', undefined],
])('who is %s stays on, and the report says so', async (_, where) => {
  const { asked, counts, attention } = await deactivated(where);
  expect([asked, counts.deactivated]).toEqual([[], 0]);
  expect(attention).toEqual([expect.objectContaining({ outcome: 'unchanged', reason: expect.stringContaining('stays on') })]);
});

it('who has changed in the meantime, or is the last administrator, is not counted as switched off', async () => {
  expect((await deactivated({ kind: 'gone' }, 'changed')).counts.deactivated).toBe(0);
  const last = await deactivated({ kind: 'gone' }, 'last-admin');
  expect(last.counts.deactivated).toBe(0);
  expect(last.attention).toEqual([expect.objectContaining({ reason: expect.stringContaining('last active administrator') })]);
});
