import type { Connection } from 'mongoose';
import { openDatabase } from '../models/database.js';
import { LATE, withinTime } from '../lib/deadline.js';
import { LdapSyncError } from '../lib/errors.js';
import type { Logger } from '../lib/logger.js';
import { refusedFor, type Reply } from './reply.js';

/** Answers calls while MongoDB is away, in place of a handler that waits for it. */
export interface DatabaseGuard {
  /**
   * The answer of `work`, or 503 as soon as MongoDB has not answered a ping for a second. Rejects as `work`
   * does. `answered` aborts with the answer: work that is late has nobody left to do something for.
   */
  answer<T>(work: (answered: AbortSignal) => Promise<T>): Promise<T | Reply>;
}

/** In milliseconds. */
export interface GuardTiming {
  /** How long MongoDB may take to answer a ping. */
  readonly ping: number;
  /** How long an answered ping counts. */
  readonly fresh: number;
}

export const GUARD_TIMING: GuardTiming = { ping: 1_000, fresh: 1_000 };

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

  /** Why a ping was not answered; `undefined` when it was. */
  async function toFailure(): Promise<string | undefined> {
    try {
      const answer = await withinTime(openDatabase(connection).command({ ping: 1 }), timing.ping);
      return answer === LATE ? `no answer within ${timing.ping} ms` : undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  return {
    async answer(work) {
      if (!(await isThere())) return DATABASE_AWAY;
      const watch = new AbortController();
      try {
        return await Promise.race([work(watch.signal), untilAway(watch.signal)]);
      } catch (error) {
        if (isLost(error) || !(await isThere())) return DATABASE_AWAY;
        throw error;
      } finally {
        watch.abort();
      }
    },
  };

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
