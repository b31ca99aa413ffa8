import type { Connection, mongo } from 'mongoose';
import { TRANSACTION_OPTIONS } from '../../../models/database.js';
import { isTimeOut, isUnknownCommit, isWriteConflict } from '../../../models/database-errors.js';
import { syncRunCollection } from '../../../models/sync-run.js';
import { endSessions } from './end-sessions.js';
import type { Tally } from './tally.js';
import type { Transaction } from './transaction.js';

/** An open transaction: its session, and the tally of what is done in it. */
export interface Scope {
  readonly tx: Transaction;
  /** Counts once the transaction is committed. */
  readonly tally: Tally;
}

/** Somebody else writes the same documents, or the transaction took too long: nothing was written. */
export class TransactionConflict extends Error {
  override readonly name = 'TransactionConflict';

  constructor(cause: unknown) {
    super('Somebody else writes the same documents, or the database is too slow.', { cause });
  }
}

/**
 * Writes of a run. Each transaction holds what it does to people, the rows that tell of it, the counts of the
 * run's record, and last the fence; so all of it happens or nothing. One at a time.
 */
export interface Transactions {
  /**
   * One attempt. What `work` keeps in memory must count only once this resolves, with what `work` returned.
   * Rejects with a {@link TransactionConflict}, with `lease-lost` behind the fence, and with what `work` or the
   * database rejected with; then nothing has happened.
   */
  attempt<T>(work: (scope: Scope) => Promise<T>): Promise<T>;
}

interface Dependencies {
  readonly connection: Connection;
  readonly runId: string;
  /** The last write of a transaction. Rejects with `lease-lost` behind the fence. */
  readonly passFence: (session: mongo.ClientSession) => Promise<void>;
  readonly session: mongo.ClientSession;
  readonly tally: Tally;
}

export function createTransactions(dependencies: Dependencies): Transactions {
  const { connection, runId, passFence, session, tally } = dependencies;
  const runs = () => syncRunCollection(connection);
  let committed = 0;

  async function runIn<T>(work: (scope: Scope) => Promise<T>, draft: Tally): Promise<T> {
    try {
      const result = await work({ tx: session, tally: draft });
      const { $inc, $push } = draft.toUpdate();
      await runs().updateOne({ _id: runId }, { $inc: { ...$inc, transactions: 1 }, $push }, { session });
      await passFence(session);
      return result;
    } catch (error) {
      // The driver would repeat the same work for as long as the conflict lasts.
      throw isWriteConflict(error) ? new TransactionConflict(error) : error;
    }
  }

  /**
   * Whether a transaction whose answer was lost has been committed. Ends the session first: afterwards the
   * transaction is either committed or never will be.
   */
  async function wasCommitted(): Promise<boolean> {
    await endSessions(connection, session.id ? [session.id] : []);
    const record = await runs().findOne({ _id: runId }, { projection: { transactions: 1 } });
    return (record?.transactions ?? 0) > committed;
  }

  return {
    async attempt<T>(work: (scope: Scope) => Promise<T>) {
      // The driver may do the work again; what the last time has given counts.
      const done: { readonly value: T; readonly draft: Tally }[] = [];
      try {
        await session.withTransaction(async () => {
          const draft = tally.draft();
          done.splice(0, 1, { value: await runIn(work, draft), draft });
        }, TRANSACTION_OPTIONS);
      } catch (error) {
        if (!isUnknownCommit(error) || !(await wasCommitted()))
          throw isTimeOut(error) ? new TransactionConflict(error) : error;
      }
      const [last] = done as [(typeof done)[number]];
      committed += 1;
      last.draft.saved();
      tally.adopt(last.draft);
      return last.value;
    },
  };
}

/** Of a preview, which writes to nobody: its own record and its rows are written at once, in no transaction. */
export function createDryTransactions({
  connection,
  runId,
  tally,
}: Pick<Dependencies, 'connection' | 'runId' | 'tally'>): Transactions {
  return {
    async attempt(work) {
      const draft = tally.draft();
      const result = await work({ tx: undefined, tally: draft });
      await syncRunCollection(connection).updateOne({ _id: runId }, draft.toUpdate());
      draft.saved();
      tally.adopt(draft);
      return result;
    },
  };
}
