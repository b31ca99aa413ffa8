import type { Connection } from 'mongoose';
import { LdapSyncError } from '../lib/errors.js';
import type { Logger } from '../lib/logger.js';
import { createDatabasePresence, type PresenceTiming } from './database-presence.js';
import { refusedFor, type Answered, type Reply } from './reply.js';

/** Answers calls while MongoDB is away, in place of a handler that waits for it. */
export interface DatabaseGuard {
  /**
   * The answer of `work`, or 503: at once where the connection is closed or lost, and after three seconds
   * where MongoDB is silent. Rejects as `work` does. `answered` aborts with the answer, so that late work can
   * end: no caller waits for it any more.
   */
  answer(work: (answered: AbortSignal) => Promise<Reply | Answered>): Promise<Reply | Answered>;
}

interface Dependencies {
  readonly connection: Connection;
  readonly logger: Logger;
}

export const PRESENCE_TIMING: PresenceTiming = { silence: 3_000, look: 250, fresh: 1_000 };

export const DATABASE_AWAY: Reply = {
  ...refusedFor(
    'error-database-unavailable',
    'The database of the chat server does not answer; try again soon.',
    503,
  ),
  headers: { 'Retry-After': '5' },
};

export function createDatabaseGuard(
  dependencies: Dependencies,
  timing: PresenceTiming = PRESENCE_TIMING,
): DatabaseGuard {
  const database = createDatabasePresence(dependencies, timing);

  return {
    async answer(work) {
      if (!(await database.isThere())) return DATABASE_AWAY;
      const over = new AbortController();
      try {
        return await Promise.race([doWork(work, over.signal), untilAway(over.signal)]);
      } catch (error) {
        if (isLost(error) || !(await database.isThere())) return DATABASE_AWAY;
        throw error;
      } finally {
        over.abort();
      }
    },
  };

  async function doWork(
    work: (answered: AbortSignal) => Promise<Reply | Answered>,
    over: AbortSignal,
  ): Promise<Reply | Answered> {
    const reply = await work(over);
    // A refusal may have been told without the database, and proves nothing.
    if (reply !== 'answered' && reply.status === 200) database.answered();
    return reply;
  }

  /** Looks again as long as the call goes on. */
  function untilAway(over: AbortSignal): Promise<Reply> {
    return new Promise((resolve) => {
      const timer = setInterval(() => {
        database.isThere().then((isThere) => {
          if (!isThere) resolve(DATABASE_AWAY);
        }, ignore);
      }, timing.fresh);
      timer.unref();
      over.addEventListener('abort', () => clearInterval(timer), { once: true });
    });
  }
}

const ignore = (): void => undefined;

/** Errors about the line to MongoDB, as opposed to those about a command. */
function isLost(error: unknown): boolean {
  if (error instanceof LdapSyncError) return error.code === 'connection-not-open';
  return (
    error instanceof Error &&
    /^Mongo(Network|ServerSelection|NotConnected|PoolCleared|TopologyClosed)/.test(error.name)
  );
}
