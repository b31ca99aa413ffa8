import { setTimeout as pause } from 'node:timers/promises';
import { isUnderWay, type RunSummary } from '../models/run-report.js';
import type { RunLog } from '../lib/sync/run/run-log.js';
import type { Call } from './checks.js';
import type { EventStream } from './event-stream.js';
import type { StillWatching } from './may-still-watch.js';
import { toRunEvent } from './run-event.js';

/** All in milliseconds. */
export interface StreamTiming {
  readonly poll: number;
  readonly heartbeat: number;
  /** How often the caller has to prove anew that they may watch. */
  readonly recheck: number;
  /** A stream ends by itself after this; clients connect again. */
  readonly longest: number;
  /** A stream ends whose client takes nothing for this long. */
  readonly slowest: number;
  /** What clients are told to wait before they connect again. */
  readonly retry: number;
  /** What clients may take to read the rest of a stream that has ended. */
  readonly grace: number;
}

/** Why a stream ends before its run. */
export type EarlyEnd =
  'not-permitted' | 'place-needed' | 'host-stopping' | 'time-over' | 'too-slow' | 'run-gone' | 'failed';

export interface FollowDependencies {
  readonly runs: Pick<RunLog, 'excerpt'>;
  /** The summary of a run as of a moment ago. */
  readonly readSummary: (runId: string) => Promise<RunSummary | undefined>;
  readonly still: StillWatching;
  /** Aborts when the host shuts down: all streams end. */
  readonly stopping: AbortSignal;
  readonly timing: StreamTiming;
}

interface Following {
  readonly call: Call;
  readonly events: EventStream;
  readonly first: RunSummary;
  /** Aborts when somebody else needs the place. */
  readonly lost: AbortSignal;
  /** The id of the event that the client saw last, before it connected again. */
  readonly seen: unknown;
}

/**
 * Sends what changes of a run until it has finished or the client has gone; else says why it ends before.
 * Nothing is sent while it is being looked up whether the caller may still watch. Rejects when the database
 * does.
 */
export async function followRun(
  { call, events, first, lost, seen }: Following,
  { runs, readSummary, still, stopping, timing }: FollowDependencies,
): Promise<EarlyEnd | undefined> {
  const signal = AbortSignal.any([events.closed, stopping, lost]);
  const isEnded = (): boolean => signal.aborted;
  const isHeartbeat = every(timing.heartbeat);
  const isOver = every(timing.longest);
  const isStuck = lasting(timing.slowest);
  let round = still.round();
  let sent = seen;
  let run: RunSummary | undefined = first;
  while (run && !isEnded()) {
    if (isStuck(events.isBusy())) return 'too-slow';
    // A client that reads slowly misses steps, not the end.
    if (!events.isBusy()) {
      await tell(run);
      if (!isUnderWay(run.state)) return undefined;
    }
    await pause(timing.poll, undefined, { ref: false, signal }).catch(() => undefined);
    if (isEnded()) break;
    if (isOver()) return 'time-over';
    if (round !== still.round()) {
      round = still.round();
      if (!(await still.mayStillWatch(call))) return 'not-permitted';
    }
    run = await readSummary(run._id);
  }
  if (events.closed.aborted) return undefined;
  if (lost.aborted) return 'place-needed';
  return run ? 'host-stopping' : 'run-gone';

  async function tell(now: RunSummary): Promise<void> {
    const event = await toRunEvent(now, runs);
    if (event && event.id !== sent) events.send(event);
    sent = event?.id;
    if (isHeartbeat()) events.beat();
  }
}

/** True once each time that so many milliseconds have passed. */
function every(periodMs: number): () => boolean {
  let last = performance.now();
  return () => {
    const now = performance.now();
    if (now - last < periodMs) return false;
    last = now;
    return true;
  };
}

/** True when something has been so each time for so many milliseconds. */
function lasting(periodMs: number): (isSo: boolean) => boolean {
  let since: number | undefined;
  return (isSo) => {
    const now = performance.now();
    since = isSo ? (since ?? now) : undefined;
    return since !== undefined && now - since >= periodMs;
  };
}
