import { setTimeout as pause } from 'node:timers/promises';
import type { Connection, mongo } from 'mongoose';
import type { SessionId } from '../../../models/database.js';
import { isDuplicateKey, isTimeOut, isWriteConflict } from '../../../models/database-errors.js';
import { fenceCollection, type FenceName } from '../../../models/fence.js';
import { LdapSyncError } from '../../errors.js';
import { endSessions } from './end-sessions.js';
import { leaseLost } from './lease-lost.js';

/** Keeps the writes of all but the newest holder of the lease from ever being committed. */
export interface Fence {
  /** The number that is raised now; 0 before the first. */
  number(): Promise<number>;
  /**
   * From here on nothing of a run with a lower number can be committed. Waits for transactions that such a run
   * has left open, and ends them. Rejects with `lease-lost` when a higher number has been raised already.
   */
  raise(number: number, former: FormerHolders): Promise<void>;
  /** Belongs into every transaction, as its last write. Rejects with `lease-lost` behind the fence. */
  pass(number: number, session: mongo.ClientSession): Promise<void>;
}

/** The earlier holders whose open transactions may stand in the way. */
export interface FormerHolders {
  readonly sessions: readonly SessionId[];
  readonly signal: AbortSignal;
  /** Called once, when the fence cannot be raised at once. */
  readonly onWaiting: () => Promise<void>;
}

/** How long one attempt to raise the fence waits for an open transaction. */
const ATTEMPT_MS = 1_000;
/** How long a server keeps the transaction of a client that is gone: `transactionLifetimeLimitSeconds`, and a rest. */
const LIFETIME_MS = 90_000;
const PAUSE_MS = 100;

export function createFence(connection: Connection, name: FenceName = 'ldap-sync-fence'): Fence {
  const fences = () => fenceCollection(connection);
  const one = { _id: name };

  async function ensureDocument(): Promise<void> {
    try {
      await fences().updateOne(one, { $setOnInsert: { fence: 0, transactions: 0 } }, { upsert: true });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  /** False when an open transaction stands in the way. */
  async function tryToRaise(number: number): Promise<boolean> {
    try {
      const lower = { ...one, fence: { $lt: number } };
      const { matchedCount } = await fences().updateOne(
        lower,
        { $set: { fence: number } },
        { maxTimeMS: ATTEMPT_MS },
      );
      // An earlier attempt whose answer was lost may have raised it.
      if (matchedCount === 0 && (await fences().findOne(one))?.fence !== number) throw leaseLost();
      return true;
    } catch (error) {
      if (!isTimeOut(error) && !isWriteConflict(error)) throw error;
      return false;
    }
  }

  return {
    number: async () => (await fences().findOne(one))?.fence ?? 0,

    async raise(number, { sessions, signal, onWaiting }) {
      await ensureDocument();
      const startedAt = performance.now();
      for (let attempt = 0; !(await tryToRaise(number)); attempt += 1) {
        if (attempt === 0) await onWaiting();
        signal.throwIfAborted();
        if (performance.now() - startedAt > LIFETIME_MS) throw leftOpen();
        await endSessions(connection, sessions);
        await pause(PAUSE_MS);
      }
      // Frees the users that such a transaction has written.
      await endSessions(connection, sessions);
    },

    async pass(number, session) {
      const { matchedCount } = await fences().updateOne(
        { ...one, fence: number },
        { $inc: { transactions: 1 } },
        { session },
      );
      if (matchedCount === 0) throw leaseLost();
    },
  };
}

function leftOpen(): LdapSyncError {
  return new LdapSyncError(
    'lease-lost',
    'A transaction of a host that is gone is still open, and the database does not end it.',
    {
      remedy:
        'Give the database user of this host the right to run killSessions, or end the transaction with ' +
        'db.killOp(); then run the sync again.',
    },
  );
}
