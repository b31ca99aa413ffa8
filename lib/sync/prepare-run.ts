import { findTransactionLack } from '../../models/transactions-support.js';
import type { RunProblem } from '../../models/run-report.js';
import { followUp } from './follow-up.js';
import { commitOne } from './run/commit-units.js';
import type { ActiveRun } from './run/active-run.js';
import { RUN_KINDS } from './run/run-kinds.js';
import type { SyncDependencies } from './run-dependencies.js';
import { cleanOldMarks } from './users/clean-old-marks.js';

type Dependencies = Pick<SyncDependencies, 'connection' | 'indexes' | 'files' | 'createUserStore' | 'clock'>;

/**
 * What a run does before anything else: makes sure that nothing of an earlier run can still be written, that the
 * collections are there, and that what an earlier run has begun outside its transactions is finished. False when
 * the database cannot do what the run needs.
 */
export async function prepareRun(run: ActiveRun, dependencies: Dependencies): Promise<boolean> {
  const { connection, indexes, files } = dependencies;
  const lack = await findTransactionLack(connection);
  if (lack) run.tally.problem({ message: lack.reason, remedy: lack.remedy });
  if (!RUN_KINDS[run.kind].writes) {
    await indexes.ensureOwn();
    return true;
  }
  if (lack) return false;
  // First: an index cannot be made while a transaction of a host that is gone is open.
  await run.takeOver();
  if (!RUN_KINDS[run.kind].followsUp) {
    await indexes.ensureOwn();
    return true;
  }
  for (const message of await indexes.ensure()) run.tally.problem(toIndexProblem(message));
  await files.discardAbandoned((work) => commitOne(run, ({ tx }) => work(tx)));
  await cleanOldMarks(run, { connection, users: dependencies.createUserStore() });
  await followUp(run, dependencies);
  return true;
}

function toIndexProblem(message: string): RunProblem {
  return {
    message,
    remedy: 'Remove the duplicates it names, so that the database can rule out new ones.',
  };
}
