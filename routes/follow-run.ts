import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Authenticate, Authorize } from '../lib/auth/principal.js';
import type { Logger } from '../lib/logger.js';
import type { RunReport } from '../lib/sync/report.js';
import type { RunLog } from '../lib/sync/run-log.js';
import type { Call } from './checks.js';
import type { EventStream, StreamEvent } from './event-stream.js';
import { toRunBody } from './run-reports.js';

/** All in milliseconds. */
export interface StreamTiming {
  readonly poll: number;
  readonly heartbeat: number;
  /** How often the caller has to prove anew that they may watch. */
  readonly recheck: number;
  /** A stream ends by itself after this; clients connect again. */
  readonly longest: number;
  /** What clients are told to wait before they connect again. */
  readonly retry: number;
  /** What clients may take to read the rest of a stream that has ended. */
  readonly grace: number;
}

export interface FollowDependencies {
  readonly runs: Pick<RunLog, 'get'>;
  readonly authenticate: Authenticate;
  readonly authorize: Authorize;
  readonly logger: Logger;
  /** What whoever watches must hold all the while. */
  readonly permission: string;
  /** Aborts when the host shuts down: all streams end. */
  readonly stopping: AbortSignal;
  readonly timing: StreamTiming;
}

interface Following {
  readonly call: Call;
  readonly events: EventStream;
  readonly first: RunReport;
  /** The id of the event that the client saw last, before it connected again. */
  readonly seen: unknown;
}

/** Sends what changes of a run until it has finished, the client has gone or may no longer watch. Rejects when the database does. */
export async function followRun(
  { call, events, first, seen }: Following,
  dependencies: FollowDependencies,
): Promise<void> {
  const { runs, stopping, timing } = dependencies;
  const signal = AbortSignal.any([events.closed, stopping]);
  const [isHeartbeat, isRecheck, isOver] = [
    every(timing.heartbeat),
    every(timing.recheck),
    every(timing.longest),
  ];
  const isEnded = (): boolean => signal.aborted;
  let sent = seen;
  let run: RunReport | undefined = first;
  while (run && !isEnded()) {
    // Whoever reads slowly misses steps, not the end.
    if (!events.isBusy()) {
      const event = toRunEvent(run);
      if (event.id !== sent) events.send(event);
      if (run.state !== 'running') return;
      sent = event.id;
      if (isHeartbeat()) events.beat();
    }
    await pause(timing.poll, undefined, { ref: false, signal }).catch(() => undefined);
    if (isEnded() || isOver()) return;
    if (isRecheck() && !(await mayStillWatch(call, dependencies))) return;
    run = await runs.get(run._id);
  }
}

/** A signed-out user, and one who lost the permission, has seen enough. */
async function mayStillWatch(
  { request, principal }: Call,
  { authenticate, authorize, permission }: FollowDependencies,
): Promise<boolean> {
  const now = await authenticate(request);
  return now?.userId === principal.userId && (await authorize(now, permission));
}

/** The id tells events of a run apart by what they say, so that it means the same on every host. */
export function toRunEvent(run: RunReport): StreamEvent {
  const name = run.state === 'running' ? 'progress' : 'finished';
  const { attention, ...short } = toRunBody(run);
  const data = JSON.stringify(name === 'progress' ? short : { ...short, attention });
  return { name, data, id: createHash('sha256').update(data).digest('base64url').slice(0, 22) };
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
