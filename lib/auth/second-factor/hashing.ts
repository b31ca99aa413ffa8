import { hash, verify } from '@node-rs/bcrypt';
import type { Logger } from '../../logger.js';
import { createFairQueue, type QueueLimits, type QueueState } from '../limits/fair-queue.js';

/** bcrypt, off the event loop. Rejects with `QueueFull` when too many wait. */
export interface Hashing {
  /** The bcrypt of `text`, of the cost that Rocket.Chat uses. */
  hash(userId: string, text: string): Promise<string>;
  /**
   * Whether `hashed` is the bcrypt of `text`. False for a value that is no bcrypt hash, and for a hash that
   * costs too much.
   */
  matches(userId: string, hashed: unknown, text: string): Promise<boolean>;
  state(): QueueState;
}

/** As Rocket.Chat's. */
const COST = 10;
/** Each step doubles the work: 14 is a second or two, 31 would be a day. */
const MAX_COST = 14;
const HASH = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;

/**
 * Hashes run on the threads of libuv, of which there are four unless the host says otherwise; its file system
 * and its look-ups of names need them too, so two are taken at most, and one for a user.
 */
const LIMITS: QueueLimits = { atOnce: 2, atOncePerKey: 1, waiting: 1_024, waitingPerKey: 64 };

export function createHashing(logger: Logger, limits: QueueLimits = LIMITS): Hashing {
  const queue = createFairQueue(limits);

  return {
    async hash(userId, text) {
      const hashed = await queue.run(userId, () => hash(text, COST));
      // The same algorithm under the name that Rocket.Chat's own hashes have.
      return hashed.replace(/^\$2y\$/, '$2b$');
    },

    async matches(userId, hashed, text) {
      const cost = toCost(hashed);
      if (cost === undefined) return false;
      if (cost > MAX_COST) {
        logger.warn(
          { userId, cost, maxCost: MAX_COST },
          'A stored bcrypt hash costs too much to be looked at; the user has to set the password anew',
        );
        return false;
      }
      return queue.run(userId, () => verify(text, hashed as string));
    },

    state: () => queue.state(),
  };
}

/** Whether a stored text is a bcrypt hash that is looked at. */
export function isUsableHash(hashed: unknown): boolean {
  const cost = toCost(hashed);
  return cost !== undefined && cost <= MAX_COST;
}

function toCost(hashed: unknown): number | undefined {
  const match = typeof hashed === 'string' ? HASH.exec(hashed) : null;
  const cost = Number(match?.[1]);
  return cost >= 4 ? cost : undefined;
}
