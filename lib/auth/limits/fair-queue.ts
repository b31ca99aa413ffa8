import { createWaitingJobs, type Share } from './waiting-jobs.js';

/** How much a queue does at once, and how much it lets wait. */
export interface QueueLimits {
  readonly atOnce: number;
  readonly atOncePerKey: number;
  readonly waiting: number;
  readonly waitingPerKey: number;
  /** Jobs of all keys of an owner. @default no limit of its own */
  readonly atOncePerOwner?: number;
  /** @default no limit of its own */
  readonly waitingPerOwner?: number;
}

/** What a queue is doing, for tests and metrics. */
export interface QueueState {
  readonly running: number;
  readonly waiting: number;
  /** The most that ever ran at once. */
  readonly mostRunning: number;
}

/** Work that was not begun, because too much is waiting. */
export class QueueFull extends Error {
  override readonly name = 'QueueFull';
}

export interface FairQueue {
  /**
   * Does the work when its turn comes, first come first served for each key. Rejects with `QueueFull` when
   * too much waits. A key by itself is its own owner.
   */
  run<T>(share: string | Share, work: () => Promise<T>): Promise<T>;
  state(): QueueState;
}

/**
 * A queue in which no key or owner can hold up others. Keys take turns, and each key and each owner of keys
 * does a few jobs at once. When all places are taken, the owner with the most waiting jobs loses one: the
 * last job of its key with the most waiting jobs. So an owner who floods the queue, with however many keys,
 * pushes out only their own jobs.
 */
export function createFairQueue(limits: QueueLimits): FairQueue {
  const { atOncePerOwner = Infinity, waitingPerOwner = Infinity } = limits;
  const waiting = createWaitingJobs({
    all: limits.waiting,
    owner: waitingPerOwner,
    key: limits.waitingPerKey,
  });
  const [keys, owners] = [createCounts(), createCounts()];
  let [runningCount, mostRunning] = [0, 0];

  const mayBegin = ({ owner, key }: Share): boolean =>
    keys.of(key) < limits.atOncePerKey && owners.of(owner) < atOncePerOwner;

  function startWaiting(): void {
    while (runningCount < limits.atOnce) {
      const job = waiting.take(mayBegin);
      if (!job) return;
      job.start();
    }
  }

  function enter({ owner, key }: Share): void {
    runningCount += 1;
    mostRunning = Math.max(mostRunning, runningCount);
    keys.add(key, 1);
    owners.add(owner, 1);
  }

  function leave({ owner, key }: Share): void {
    runningCount -= 1;
    keys.add(key, -1);
    owners.add(owner, -1);
    startWaiting();
  }

  return {
    run: (whose, work) =>
      new Promise((resolve, reject) => {
        const share = typeof whose === 'string' ? { owner: whose, key: whose } : whose;
        const refuse = (): void => reject(new QueueFull('Too much is waiting.'));
        const start = (): void => {
          enter(share);
          // In a promise of its own, so that work which throws at once leaves the queue as well.
          Promise.resolve()
            .then(work)
            .finally(() => leave(share))
            .then(resolve, reject);
        };
        if (runningCount < limits.atOnce && mayBegin(share) && !waiting.has(share.key)) return start();
        if (!waiting.add(share, { start, refuse })) refuse();
      }),
    state: () => ({ running: runningCount, waiting: waiting.count(), mostRunning }),
  };
}

/** Counts by name. A name whose count is zero is forgotten. */
function createCounts() {
  const counts = new Map<string, number>();
  const of = (name: string): number => counts.get(name) ?? 0;
  return {
    of,
    add(name: string, change: 1 | -1): void {
      if (of(name) + change > 0) counts.set(name, of(name) + change);
      else counts.delete(name);
    },
  };
}
