import type { HeldRemovals } from '../../models/run-report.js';
import { createRemovalCounter } from './removals/count-people.js';
import type { RemovalDependencies } from './removals/removal-dependencies.js';
import { settleDisputes } from './removals/settle-disputes.js';
import { skipRows } from './removals/skip-rows.js';
import { skipTaken } from './removals/skip-taken.js';
import { isDoubtful, type SweepState } from './removals/sweep-state.js';
import { reportStates } from './report-sweep.js';
import type { RunEnd } from './run/run-end.js';
import { settlePhotoRows } from './sweep/photo-rows.js';

/**
 * The end of the sync of one person. What would take something away waits for somebody's decision, however little it
 * is: the limits of the guard are shares of all people, and say nothing of one.
 */
export async function concludePerson(state: SweepState, removing: RemovalDependencies): Promise<RunEnd> {
  const { run, changes, settings } = removing;
  const { tally } = run;
  // That nobody has a photo would say something of the setting; here, a person decides about this one.
  state.filled.add('photo');
  await settlePhotoRows(state, { changes, tally });
  await changes.flush();
  await settleDisputes(state, { isProven: false }, removing);
  await leaveToSync(removing);
  await skipTaken(removing);
  reportStates(state, settings, tally);
  if (state.outsideGroup > 0) {
    tally.problem(OUTSIDE_GROUP);
    return { state: 'failed' };
  }
  if (tally.counts().failed > 0) return { state: 'failed' };
  const held = await findHeld(removing);
  // Whoever asked for this person takes `completed` for done. The rows of the report tell what stands against it.
  const { rejected, conflicted } = tally.counts();
  if (!held) return { state: rejected + conflicted > 0 ? 'failed' : 'completed' };
  tally.problem({ message: held.reason, remedy: held.remedy });
  return { state: 'held', held };
}

/** Whether another entry has the id that the account is linked by is seen by a whole sweep alone. */
async function leaveToSync(removing: RemovalDependencies): Promise<void> {
  await skipRows(
    {
      isMeant: (row) => row.kind === 'relink' || isDoubtful(row),
      findRefused: (rows) => Promise.resolve(new Set(rows)),
      reason: LEFT_TO_SYNC,
    },
    removing,
  );
}

/** The rows that wait; `undefined`: none does. */
async function findHeld({ changes }: RemovalDependencies): Promise<HeldRemovals | undefined> {
  const counter = createRemovalCounter();
  for await (const { rows } of changes.removals())
    for (const row of rows) if (row.state === 'waiting') counter.add(row);
  const count = counter.rows();
  if (count === 0) return undefined;
  return {
    ...counter.people(),
    code: 'decision-needed',
    params: { changes: count },
    reason: `${count} ${count === 1 ? 'change needs' : 'changes need'} a decision by a person.`,
    remedy:
      'Look at the rows that wait (ldap.runChanges); approve them (ldap.approveRun) or reject them ' +
      '(ldap.rejectRun), all or some. The next sync of everybody decides about them otherwise.',
    approvable: true,
  };
}

const LEFT_TO_SYNC =
  'Only a sync of everybody sees whether another entry has what the account is linked by, so it decides about this.';

const OUTSIDE_GROUP = {
  message: 'The person is not in the group whose members are synced, so nothing was changed.',
  remedy: 'Add the person to the group, or look at LDAP_Group_Filter_Group_Name.',
};
