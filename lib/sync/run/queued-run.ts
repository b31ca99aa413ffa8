import { setTimeout as pause } from 'node:timers/promises';
import type { ActiveRun } from './active-run.js';
import type { Lease } from './lease.js';
import type { Requester, RunProblem, RunState } from '../../../models/run-report.js';

/** A run that waits on this host until another run ends. */
export interface QueuedRun {
  readonly id: string;
  /**
   * Resolves with the run once the lease is its own; with `undefined` when it was cancelled or stopped
   * before, which its report then says. Rejects when the database does.
   */
  untilItsTurn(): Promise<ActiveRun | undefined>;
  /** The host is shutting down. */
  stop(): void;
  cancel(by: Requester): void;
}

/** How a run ends that never began. */
interface EarlyEnd {
  readonly state: RunState;
  readonly problem: RunProblem;
}

interface Dependencies {
  /**
   * The place in the queue: a lease, so that one run waits over all hosts, and a dead host's place becomes
   * free.
   */
  readonly place: Lease;
  /** Starts the run if the lease is free. */
  readonly tryToStart: () => Promise<ActiveRun | undefined>;
  readonly recordEnd: (end: EarlyEnd) => Promise<void>;
}

const POLL_MS = 500;
const AGAIN = 'Run the sync again.';
const STOPPED = 'The host was shut down while the run was queued.';
const PLACE_LOST = 'The host lost contact with the database while the run was queued.';

export function createQueuedRun(id: string, { place, tryToStart, recordEnd }: Dependencies): QueuedRun {
  const ended = new AbortController();
  let end: EarlyEnd | undefined;

  function endWith(state: RunState, message: string): void {
    end ??= { state, problem: { message, remedy: AGAIN } };
    ended.abort();
  }

  function cancel(by: Requester): void {
    endWith('cancelled', `${by.username ?? by._id} asked for the end of the run while it was queued.`);
  }

  async function keepPlace(): Promise<void> {
    if (!(await place.renew(id))) return endWith('interrupted', PLACE_LOST);
    const { cancelledBy } = await place.look();
    if (cancelledBy) cancel(cancelledBy);
  }

  return {
    id,
    cancel,
    stop: () => endWith('interrupted', STOPPED),

    async untilItsTurn() {
      try {
        for (;;) {
          await keepPlace();
          if (end) break;
          const active = await tryToStart();
          if (active) return active;
          await pause(POLL_MS, undefined, { signal: ended.signal }).catch(() => undefined);
        }
        await recordEnd(end);
        return undefined;
      } finally {
        await place.release(id).catch(() => undefined);
      }
    },
  };
}
