/** The key a job belongs to, and the owner of this key. An owner may have other keys too. */
export interface Share {
  readonly owner: string;
  readonly key: string;
}

export interface Job {
  start(): void;
  refuse(): void;
}

/** How much may wait, in all, of an owner and of a key. */
export interface WaitingLimits {
  readonly all: number;
  readonly owner: number;
  readonly key: number;
}

/** The waiting jobs of one key. */
interface Line {
  readonly owner: string;
  readonly jobs: Job[];
}

/** What waits in a queue, key by key. */
export interface WaitingJobs {
  has(key: string): boolean;
  /** False when there is no room for the job. Room may be made by refusing the last job of another key. */
  add(share: Share, job: Job): boolean;
  /** The next job of a key that may begin; keys take turns. */
  take(mayBegin: (share: Share) => boolean): Job | undefined;
  count(): number;
}

export function createWaitingJobs(limits: WaitingLimits): WaitingJobs {
  /** By key, in the order of the turns. A key is here as long as a job of it waits. */
  const lines = new Map<string, Line>();
  const ofOwners = new Map<string, number>();
  let total = 0;

  function count(owner: string, change: 1 | -1): void {
    total += change;
    const left = (ofOwners.get(owner) ?? 0) + change;
    if (left > 0) ofOwners.set(owner, left);
    else ofOwners.delete(owner);
  }

  function refuseLast(key: string, { owner, jobs }: Line): void {
    jobs.pop()?.refuse();
    if (jobs.length === 0) lines.delete(key);
    count(owner, -1);
  }

  /** The key of the owner that has most waiting loses its last one, unless a newcomer had as much then. */
  function makeRoomAmongKeys(owner: string, own: number): boolean {
    const longest = [...lines]
      .filter(([, line]) => line.owner === owner)
      .reduce((most, next) => (next[1].jobs.length > most[1].jobs.length ? next : most));
    if (longest[1].jobs.length <= own + 1) return false;
    refuseLast(...longest);
    return true;
  }

  function makeRoom({ owner, key }: Share): boolean {
    const own = lines.get(key)?.jobs.length ?? 0;
    if (own >= limits.key) return false;
    const owned = ofOwners.get(owner) ?? 0;
    if (owned >= limits.owner) return makeRoomAmongKeys(owner, own);
    if (total < limits.all) return true;
    const [largest, most] = [...ofOwners].reduce((max, next) => (next[1] > max[1] ? next : max));
    if (largest === owner) return makeRoomAmongKeys(owner, own);
    return most > owned + 1 && makeRoomAmongKeys(largest, -1);
  }

  return {
    has: (key) => lines.has(key),
    count: () => total,

    add(share, job) {
      if (!makeRoom(share)) return false;
      const line = lines.get(share.key) ?? { owner: share.owner, jobs: [] };
      line.jobs.push(job);
      lines.set(share.key, line);
      count(share.owner, 1);
      return true;
    },

    take(mayBegin) {
      for (const [key, line] of lines) {
        if (!mayBegin({ owner: line.owner, key })) continue;
        const job = line.jobs.shift();
        lines.delete(key);
        // Its next turn comes after everybody else's.
        if (line.jobs.length > 0) lines.set(key, line);
        count(line.owner, -1);
        return job;
      }
      return undefined;
    },
  };
}
