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
   * does.
   */
  answer<T>(work: () => Promise<T>): Promise<T | Reply>;
}

/** In milliseconds. */
export interface GuardTiming {
  /** How long MongoDB may take to answer a ping. */
  readonly ping: number;
  /** How long an answered ping counts. */
  readonly fresh: number;
}

interface Dependencies {
  readonly connection: Connection;
  readonly logger: Logger;
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
  { connection, logger }: Dependencies,
  timing: GuardTiming = GUARD_TIMING,
): DatabaseGuard {
  const isThere = createIsThere({ connection, logger }, timing);

  return {
    async answer(work) {
      if (!(await isThere())) return DATABASE_AWAY;
      const watch = new AbortController();
      try {
        return await Promise.race([work(), untilAway(watch.signal)]);
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

/** Asks MongoDB; all calls of a moment share one ping. The log tells once of every absence. */
function createIsThere({ connection, logger }: Dependencies, timing: GuardTiming): () => Promise<boolean> {
  let lastAnswered = -Infinity;
  let pending: Promise<boolean> | undefined;
  let isAway = false;

  async function ping(): Promise<boolean> {
    const failure = await toFailure(connection, timing.ping);
    if (failure === undefined) lastAnswered = performance.now();
    else if (!isAway)
      logger.error({ error: failure, remedy: REMEDY }, 'MongoDB does not answer the LDAP sync');
    isAway = failure !== undefined;
    return !isAway;
  }

  return () => {
    if (performance.now() - lastAnswered < timing.fresh) return Promise.resolve(true);
    pending ??= ping().finally(() => (pending = undefined));
    return pending;
  };
}

/** Why a ping was not answered; `undefined` when it was. */
async function toFailure(connection: Connection, timeoutMs: number): Promise<string | undefined> {
  try {
    const answer = await withinTime(openDatabase(connection).command({ ping: 1 }), timeoutMs);
    return answer === LATE ? `no answer within ${timeoutMs} ms` : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
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
