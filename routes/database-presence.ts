import type { Connection } from 'mongoose';
import { openDatabase } from '../models/database.js';
import { LATE, withinTime } from '../lib/deadline.js';
import type { Logger } from '../lib/logger.js';

/** In milliseconds. */
export interface PresenceTiming {
  /** How long MongoDB may be silent: longer than a busy server takes, shorter than people wait. */
  readonly silence: number;
  /** How often it is looked in between whether the connection was lost, or another call was answered. */
  readonly look: number;
  /** How long an answer counts. */
  readonly fresh: number;
}

/** Whether MongoDB answers. */
export interface DatabasePresence {
  /** All calls of a moment share one ping. */
  isThere(): Promise<boolean>;
  /** MongoDB has just answered something. */
  answered(): void;
}

interface Dependencies {
  readonly connection: Connection;
  readonly logger: Logger;
}

const REMEDY =
  'Start MongoDB, or mend the line to it; open the mongoose connection that was given to createLdapSync. ' +
  'Calls are answered 503 until then.';

/** Asks MongoDB by `ping`. The log tells of each absence once. */
export function createDatabasePresence(
  { connection, logger }: Dependencies,
  timing: PresenceTiming,
): DatabasePresence {
  let lastAnswered = -Infinity;
  let pending: Promise<boolean> | undefined;
  let isAway = false;

  async function ping(): Promise<boolean> {
    const failure = await toFailure(connection, timing, () => lastAnswered);
    if (failure === undefined) lastAnswered = performance.now();
    else if (!isAway)
      logger.error({ error: failure, remedy: REMEDY }, 'MongoDB does not answer the LDAP sync');
    isAway = failure !== undefined;
    return !isAway;
  }

  return {
    isThere() {
      if (performance.now() - lastAnswered < timing.fresh) return Promise.resolve(true);
      pending ??= ping().finally(() => (pending = undefined));
      return pending;
    },
    answered: () => void (lastAnswered = performance.now()),
  };
}

/** Why MongoDB is taken for away; `undefined` when it is there. */
async function toFailure(
  connection: Connection,
  { silence, look }: PresenceTiming,
  lastAnswered: () => number,
): Promise<string | undefined> {
  const startedAt = performance.now();
  try {
    const ping = openDatabase(connection).command({ ping: 1 });
    for (let waited = 0; waited < silence; waited += look) {
      if ((await withinTime(ping, look)) !== LATE || lastAnswered() > startedAt) return undefined;
      // Throws when the connection was lost meanwhile: the driver would go on looking for a server.
      openDatabase(connection);
    }
    return `no answer within ${silence} ms`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
