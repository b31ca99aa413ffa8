/** How much a queue does at once, and how much it lets wait. */
export interface QueueLimits {
  readonly atOnce: number;
  readonly atOncePerKey: number;
  readonly waiting: number;
  readonly waitingPerKey: number;
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
   * too much waits.
   */
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
  state(): QueueState;
}

interface Job {
  start(): void;
  refuse(): void;
}

/**
 * A queue in which no key can hold up others: keys take turns, each key runs a few jobs at once, and when the
 * queue is full the key with the most waiting jobs loses its last one. So a flood pushes out only jobs of its
 * own key.
 */
export function createFairQueue(limits: QueueLimits): FairQueue {
  /** Keys in the order of their turns; a key is here as long as something of it waits. */
  const waiting = new Map<string, Job[]>();
  const running = new Map<string, number>();
  let [runningCount, waitingCount, mostRunning] = [0, 0, 0];

  function takeNext(): Job | undefined {
    for (const [key, jobs] of waiting) {
      if ((running.get(key) ?? 0) >= limits.atOncePerKey) continue;
      const job = jobs.shift();
      waiting.delete(key);
      // Its next turn comes after everybody else's.
      if (jobs.length > 0) waiting.set(key, jobs);
      waitingCount -= 1;
      return job;
    }
    return undefined;
  }

  function startWaiting(): void {
    while (runningCount < limits.atOnce) {
      const job = takeNext();
      if (!job) return;
      job.start();
    }
  }

  /** False when the newcomer's own key has most waiting. */
  function makeRoom(newcomer: string): boolean {
    const own = waiting.get(newcomer)?.length ?? 0;
    if (own >= limits.waitingPerKey) return false;
    if (waitingCount < limits.waiting) return true;
    const longest = [...waiting].reduce((most, next) => (next[1].length > most[1].length ? next : most));
    if (longest[1].length <= own + 1) return false;
    longest[1].pop()?.refuse();
    waitingCount -= 1;
    return true;
  }

  function enter(key: string): void {
    runningCount += 1;
    mostRunning = Math.max(mostRunning, runningCount);
    running.set(key, (running.get(key) ?? 0) + 1);
  }

  function leave(key: string): void {
    runningCount -= 1;
    const left = (running.get(key) ?? 1) - 1;
    if (left > 0) running.set(key, left);
    else running.delete(key);
    startWaiting();
  }

  return {
    run: (key, work) =>
      new Promise((resolve, reject) => {
        const refuse = (): void => reject(new QueueFull('Too much is waiting.'));
        const start = (): void => {
          enter(key);
          // In a promise of its own, so that work which throws at once leaves the queue as well.
          Promise.resolve()
            .then(work)
            .finally(() => leave(key))
            .then(resolve, reject);
        };
        const isFree = runningCount < limits.atOnce && (running.get(key) ?? 0) < limits.atOncePerKey;
        if (isFree && !waiting.has(key)) return start();
        if (!makeRoom(key)) return refuse();
        const jobs = waiting.get(key) ?? [];
        jobs.push({ start, refuse });
        waiting.set(key, jobs);
        waitingCount += 1;
      }),
    state: () => ({ running: runningCount, waiting: waitingCount, mostRunning }),
  };
}
