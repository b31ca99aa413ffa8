import { isWriteConflict } from '../../models/database-errors.js';
import { userCollection } from '../../models/user.js';
import { commitOne } from './run/commit-units.js';
import type { ActiveRun } from './run/active-run.js';
import { RUN_KINDS } from './run/run-kinds.js';
import type { SyncDependencies } from './run-dependencies.js';
import type { Following } from './users/follow-documents.js';
import { findUnfinishedRenames, followRename } from './users/repeated-names.js';
import { followShownNames } from './users/shown-names.js';

type Dependencies = Pick<SyncDependencies, 'connection' | 'files'>;

/**
 * New user names and display names follow wherever the chat server repeats them: those of this run, and of runs that
 * were killed.
 */
export async function followNames(run: ActiveRun, dependencies: Dependencies): Promise<void> {
  if (!RUN_KINDS[run.kind].writes) return;
  const following: Following = {
    connection: dependencies.connection,
    signal: run.signal,
    transact: (work) => commitOne(run, ({ tx }) => work(tx)),
  };
  await followRenames(run, following, dependencies);
  const isDone = await followShownNames(following).catch(tellBusy(run));
  if (isDone === false) run.tally.problem(MANY_NAMES);
}

async function followRenames(
  run: ActiveRun,
  following: Following,
  { connection, files }: Dependencies,
): Promise<void> {
  const users = userCollection(connection);
  for (const userId of await findUnfinishedRenames(connection)) {
    const user = await users.findOne({ _id: userId }, { projection: { username: 1 } });
    if (user?.username !== undefined) await files.renamed([{ userId, username: user.username }]);
    await followRename(userId, following).catch(tellBusy(run));
  }
}

function tellBusy({ tally }: ActiveRun): (error: unknown) => void {
  return (error) => {
    if (!isWriteConflict(error)) throw error;
    tally.problem(BUSY_CONVERSATIONS);
  };
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
