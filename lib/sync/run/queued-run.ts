import { setTimeout as pause } from 'node:timers/promises';
import type { ActiveRun } from './active-run.js';
import type { Lease } from './lease.js';
import type { Requester, RunProblem, RunState } from '../../../models/run-report.js';

/** A run that waits on this host until another run ends. */
export interface QueuedRun {
  readonly id: string;
  /**
   * Resolves with the run once it holds the lease; with `undefined` when it was cancelled or stopped first,
   * and its report then says so. Rejects when the database fails.
   */
  untilItsTurn(): Promise<ActiveRun | undefined>;
  /** The host is shutting down. */
  stop(): void;
  cancel(by: Requester): void;
}

/** The end of a run that never began. */
interface EarlyEnd {
  readonly state: RunState;
  readonly problem: RunProblem;
}

type EndBegun = (run: ActiveRun) => void;

interface Dependencies {
  /**
   * The place in the queue: a lease, so that only one run waits over all hosts, and the place of a dead host
   * becomes free.
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
  let end: (EarlyEnd & { readonly endBegun: EndBegun }) | undefined;
  let begun: ActiveRun | undefined;

  function endWith(state: RunState, message: string, endBegun: EndBegun): void {
    if (begun) return endBegun(begun);
    end ??= { state, problem: { message, remedy: AGAIN }, endBegun };
    ended.abort();
  }

  function cancel(by: Requester): void {
    const message = `${by.username ?? by._id} asked for the end of the run while it was queued.`;
    endWith('cancelled', message, (run) => run.cancel(by));
  }

  function stop(message: string): void {
    endWith('interrupted', message, (run) => run.stop());
  }

  /**
   * Hands over to the run. If its end was asked for while it was beginning, on this host or through the
   * place, the run itself is ended.
   */
  async function begin(run: ActiveRun): Promise<void> {
    begun = run;
    end?.endBegun(run);
    const cancelledBy = await leave();
    if (cancelledBy) run.cancel(cancelledBy);
  }

  const leave = (): Promise<Requester | undefined> => place.release(id).catch(() => undefined);

  async function keepPlace(): Promise<void> {
    if (!(await place.renew(id))) return stop(PLACE_LOST);
    const { cancelledBy } = await place.look();
    if (cancelledBy) cancel(cancelledBy);
  }

  return {
    id,
    cancel,
    stop: () => stop(STOPPED),

    async untilItsTurn() {
      try {
        for (;;) {
          await keepPlace();
          if (end) break;
          const active = await tryToStart();
          if (active) {
            await begin(active);
            return active;
          }
          await pause(POLL_MS, undefined, { signal: ended.signal }).catch(() => undefined);
        }
        await recordEnd(end);
        return undefined;
      } finally {
        await leave();
      }
    },
  };
}
