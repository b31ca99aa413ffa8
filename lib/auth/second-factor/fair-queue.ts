import { createWaitingJobs, type Share } from './waiting-jobs.js';

/** How much a queue does at once, and how much it lets wait. */
export interface QueueLimits {
  readonly atOnce: number;
  readonly atOncePerKey: number;
  readonly waiting: number;
  readonly waitingPerKey: number;
  /** Of all keys of an owner. @default no limit of its own */
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
 * A queue in which nobody can hold up others: keys take turns, each key and each owner of keys does a few
 * things at once, and when all places are taken the owner that has most waiting loses the last one of the
 * key that has. So whoever floods it, with however many keys, pushes out only their own.
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

/** How many there are of each; those of whom there is none are forgotten. */
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
