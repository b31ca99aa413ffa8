import { isWriteConflict } from '../../models/database-errors.js';
import type { RunProblem } from '../../models/run-report.js';
import { userCollection } from '../../models/user.js';
import type { ActiveRun } from './run/active-run.js';
import { commitOne } from './run/commit-units.js';
import type { Scope } from './run/transactions.js';
import { followJoins } from './rooms/follow-joins.js';
import { RUN_KINDS } from './run/run-kinds.js';
import type { SyncDependencies } from './run-dependencies.js';
import type { Following } from './users/follow-documents.js';
import { findUnfinishedRenames, followRename } from './users/repeated-names.js';
import { followShownNames } from './users/shown-names.js';
import { followSwitching } from './users/switching/follow-switching.js';

type Dependencies = Pick<SyncDependencies, 'connection' | 'files' | 'clock'>;

/**
 * What follows a change of a user in other documents, however many they are: that of this run, and of runs that
 * were killed. Each is remembered at the user until it is done.
 */
export async function followUp(run: ActiveRun, dependencies: Dependencies): Promise<void> {
  if (!RUN_KINDS[run.kind].followsUp) return;
  const { connection } = dependencies;
  const following: Following = {
    connection,
    signal: run.signal,
    transact: (work) => commitOne(run, ({ tx }) => work(tx)),
  };
  await orBusy(followSwitching(following), run, BUSY_ROOMS);
  for (const userId of await findUnfinishedRenames(connection)) {
    await showRenamed(userId, dependencies);
    await orBusy(followRename(userId, following), run, BUSY_CONVERSATIONS);
  }
  await orBusy(followShown(following, run), run, BUSY_CONVERSATIONS);
  await letJoin(run, dependencies);
}

async function followShown(following: Following, { tally }: ActiveRun): Promise<void> {
  if (!(await followShownNames(following))) tally.problem(MANY_NAMES);
}

async function letJoin(run: ActiveRun, { connection, clock }: Dependencies): Promise<void> {
  const { signal, tally } = run;
  const transact = (work: (scope: Scope) => Promise<void>): Promise<void> => commitOne(run, work);
  for (const problem of await followJoins({ connection, signal, now: clock, transact }))
    tally.problem(problem);
}

async function showRenamed(userId: string, { connection, files }: Dependencies): Promise<void> {
  const user = await userCollection(connection).findOne({ _id: userId }, { projection: { username: 1 } });
  if (user?.username !== undefined) await files.renamed([{ userId, username: user.username }]);
}

/** What others keep from being written is left to the next run. */
async function orBusy(following: Promise<void>, { tally }: ActiveRun, problem: RunProblem): Promise<void> {
  try {
    await following;
  } catch (error) {
    if (!isWriteConflict(error)) throw error;
    tally.problem(problem);
  }
}

const BUSY_CONVERSATIONS = {
  message:
    'A new name does not stand everywhere yet, because others have written in the same conversations all the time.',
  remedy: 'Nothing; the next sync goes on with it.',
};

const MANY_NAMES = {
  message:
    'More than 10000 new names have to follow in conversations; those of the others are still the old ones.',
  remedy: 'Nothing; the next sync goes on with it.',
};

const BUSY_ROOMS = {
  message:
    'Conversations and rooms of people who were switched off or on do not show it everywhere yet, because others ' +
    'have written to the same documents all the time.',
  remedy: 'Nothing; the next sync goes on with it.',
};
