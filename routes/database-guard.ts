import type { Connection } from 'mongoose';
import { openDatabase } from '../models/database.js';
import { LATE, withinTime } from '../lib/deadline.js';
import { LdapSyncError } from '../lib/errors.js';
import type { Logger } from '../lib/logger.js';
import { refusedFor, type Answered, type Reply } from './reply.js';

/** Answers calls while MongoDB is away, in place of a handler that waits for it. */
export interface DatabaseGuard {
  /**
   * The answer of `work`, or 503: at once where the connection is closed or lost, and after three seconds
   * where MongoDB is silent. Rejects as `work` does. `answered` aborts with the answer: work that is late has nobody left to do something for.
   */
  answer(work: (answered: AbortSignal) => Promise<Reply | Answered>): Promise<Reply | Answered>;
}

/** In milliseconds. */
export interface GuardTiming {
  /** How long MongoDB may be silent: longer than a busy server takes, shorter than people wait. */
  readonly silence: number;
  /** How often it is looked in between whether the connection was lost, or another call was answered. */
  readonly look: number;
  /** How long an answer counts. */
  readonly fresh: number;
}

export const GUARD_TIMING: GuardTiming = { silence: 3_000, look: 250, fresh: 1_000 };

export const DATABASE_AWAY: Reply = {
  ...refusedFor(
    'error-database-unavailable',
    'The database of the chat server does not answer; try again soon.',
    503,
  ),
  headers: { 'Retry-After': '5' },
};

const REMEDY =
  'Start MongoDB, or mend the line to it; open the mongoose connection that was given to ' +
  'createLdapSync. Calls are answered 503 until then.';

export function createDatabaseGuard(
  { connection, logger }: { readonly connection: Connection; readonly logger: Logger },
  timing: GuardTiming = GUARD_TIMING,
): DatabaseGuard {
  let lastAnswered = -Infinity;
  let pending: Promise<boolean> | undefined;
  let isAway = false;

  /** All calls of a moment share one ping. */
  function isThere(): Promise<boolean> {
    if (performance.now() - lastAnswered < timing.fresh) return Promise.resolve(true);
    pending ??= ping().finally(() => (pending = undefined));
    return pending;
  }

  async function ping(): Promise<boolean> {
    const failure = await toFailure();
    if (failure === undefined) lastAnswered = performance.now();
    else if (!isAway)
      logger.error({ error: failure, remedy: REMEDY }, 'MongoDB does not answer the LDAP sync');
    isAway = failure !== undefined;
    return !isAway;
  }

  /** Why MongoDB is taken for away; `undefined` when it is there. */
  async function toFailure(): Promise<string | undefined> {
    const startedAt = performance.now();
    try {
      const ping = openDatabase(connection).command({ ping: 1 });
      for (let waited = 0; waited < timing.silence; waited += timing.look) {
        if ((await withinTime(ping, timing.look)) !== LATE || lastAnswered > startedAt) return undefined;
        // Throws when the connection was lost meanwhile: the driver would go on looking for a server.
        openDatabase(connection);
      }
      return `no answer within ${timing.silence} ms`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  return {
    async answer(work) {
      if (!(await isThere())) return DATABASE_AWAY;
      const watch = new AbortController();
      try {
        return await Promise.race([doWork(work, watch.signal), untilAway(watch.signal)]);
      } catch (error) {
        if (isLost(error) || !(await isThere())) return DATABASE_AWAY;
        throw error;
      } finally {
        watch.abort();
      }
    },
  };

  async function doWork(
    work: (answered: AbortSignal) => Promise<Reply | Answered>,
    answered: AbortSignal,
  ): Promise<Reply | Answered> {
    const reply = await work(answered);
    // A refusal may have been told without the database, and proves nothing.
    if (reply !== 'answered' && reply.status === 200) lastAnswered = performance.now();
    return reply;
  }

  /** Looks again as long as the call goes on. */
  function untilAway(signal: AbortSignal): Promise<Reply> {
    return new Promise((resolve) => {
      const timer = setInterval(() => {
        isThere().then((there) => {
          if (!there) resolve(DATABASE_AWAY);
        }, ignore);
      }, timing.fresh);
      timer.unref();
      signal.addEventListener('abort', () => clearInterval(timer), { once: true });
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
