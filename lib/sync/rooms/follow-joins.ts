import type { Connection } from 'mongoose';
import { isAboutDocument, isWriteConflict } from '../../../models/database-errors.js';
import type { RunProblem } from '../../../models/run-report.js';
import { userCollection } from '../../../models/user.js';
import { toBatches } from '../../batches.js';
import type { Clock } from '../../clock.js';
import { within } from '../run/transaction.js';
import type { Scope } from '../run/transactions.js';
import { DOCUMENTS_AT_ONCE } from '../users/follow-documents.js';
import { hasUnfinished, unmark } from '../users/user-mark.js';
import { joinDefaultRoom, UncountableRoom } from './join-default-room.js';

interface JoiningRun {
  readonly connection: Connection;
  readonly signal: AbortSignal;
  readonly now: Clock;
  readonly transact: (work: (scope: Scope) => Promise<void>) => Promise<void>;
}

/** The subscription and the user. */
const DOCUMENTS_EACH = 2;
const PEOPLE_AT_ONCE = DOCUMENTS_AT_ONCE / DOCUMENTS_EACH;

/**
 * Newcomers join the rooms that are noted at them, room by room, in transactions of a hundred documents at
 * most. A room is taken off the note in the transaction that joins it, so that whoever has left it since is
 * not brought back, and a run that is cut off is finished by the next. Gives what kept people out of a room;
 * they stay noted.
 */
export async function followJoins(run: JoiningRun): Promise<readonly RunProblem[]> {
  const problems: RunProblem[] = [];
  for (const [rid, userIds] of await findNoted(run.connection)) {
    try {
      for (const batch of toBatches(userIds, PEOPLE_AT_ONCE)) {
        run.signal.throwIfAborted();
        await joinNoted(rid, batch, run);
      }
    } catch (error) {
      problems.push(toProblem(rid, error));
    }
  }
  return problems;
}

async function joinNoted(
  rid: string,
  userIds: readonly string[],
  { connection, now, transact }: JoiningRun,
): Promise<void> {
  await transact(async ({ tx, tally }) => {
    const noted = { _id: { $in: [...userIds] }, [NOTE]: rid };
    const users = userCollection(connection);
    // Another host may have been faster before its lease ended.
    const open = await users.find(noted, { ...within(tx), projection: { _id: 1 } }).toArray();
    const ids = open.map(({ _id }) => _id);
    if (ids.length === 0) return;
    await users.updateMany({ _id: { $in: ids } }, { $pull: { [NOTE]: rid } }, within(tx));
    await unmark(ids, { work: 'joins', filter: { [NOTE]: [] } }, { connection, tx });
    tally.joined(await joinDefaultRoom(rid, ids, { connection, tx, now: now() }));
  });
}

const NOTE = 'ldapSync.joins';

/** Who has to join which rooms. */
async function findNoted(connection: Connection): Promise<ReadonlyMap<string, readonly string[]>> {
  const byRoom = new Map<string, string[]>();
  const noted = userCollection(connection).find(hasUnfinished('joins'), { projection: { [NOTE]: 1 } });
  for await (const { _id, ldapSync } of noted) {
    const rids: unknown = ldapSync?.joins;
    for (const rid of Array.isArray(rids) ? (rids as readonly unknown[]) : [])
      if (typeof rid === 'string') getOrMake(byRoom, rid).push(_id);
  }
  return byRoom;
}

function getOrMake(lists: Map<string, string[]>, key: string): string[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

function toProblem(rid: string, error: unknown): RunProblem {
  const remedy = 'Nothing; the next sync goes on with it.';
  if (isWriteConflict(error))
    return {
      message: `Not all newcomers are in the default channel ${rid} yet: others write there all the time.`,
      remedy,
    };
  if (!isAboutDocument(error) && !(error instanceof UncountableRoom)) throw error;
  return {
    message: `Newcomers cannot join the default channel ${rid}: the database refuses it.`,
    remedy:
      'Look at the document of the room, whose usersCount and msgs have to be numbers, and at the rules of ' +
      'the collections.',
  };
}
