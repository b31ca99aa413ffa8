import type { Authenticate, Authorize } from '../lib/auth/principal.js';
import type { Logger } from '../lib/logger.js';
import { isUnderWay, type RunSummary } from '../models/run-report.js';
import type { RunLog } from '../lib/sync/run/run-log.js';
import type { Call } from './checks.js';
import { openEventStream } from './event-stream.js';
import { followRun, type EarlyEnd, type FollowDependencies, type StreamTiming } from './follow-run.js';
import { createStillWatching } from './may-still-watch.js';
import type { Handle } from './handler.js';
import { refused, tooManyRequests } from './reply.js';
import { toRunEvent } from './run-event.js';
import { createSharedAnswers } from './shared-answers.js';
import { createStreamPlaces, type StreamPlace } from './stream-places.js';

interface Dependencies {
  readonly runs: Pick<RunLog, 'summary' | 'excerpt'>;
  readonly authenticate: Authenticate;
  readonly authorize: Authorize;
  readonly logger: Logger;
  /** The permission that a watcher must hold all the time. */
  readonly permission: string;
  readonly stopping: AbortSignal;
  readonly timing?: StreamTiming;
  readonly limits?: StreamLimits;
}

interface StreamLimits {
  readonly perUser: number;
  readonly inAll: number;
}

/** `recheck`, `poll` and the look-ups together stay below five seconds. */
const TIMING: StreamTiming = {
  poll: 500,
  heartbeat: 15_000,
  recheck: 4_000,
  longest: 900_000,
  slowest: 30_000,
  retry: 3_000,
  grace: 10_000,
};
const LIMITS: StreamLimits = { perUser: 10, inAll: 100 };
const WAIT_SECONDS = 15;

/**
 * `GET ldap.runEvents`: the report of a run as server-sent events, whichever host does it. `progress` comes
 * without lists; `finished`, with the first rows of them, comes last, and once: a client that connects again
 * having seen it is told to stop (204). A stream that ends before says why in a comment, `: ended <reason>`.
 * At most 10 streams a user and 100 a process.
 */
export function createRunEventStream({
  timing = TIMING,
  limits = LIMITS,
  ...rest
}: Dependencies): Handle<'runEvents'> {
  const { runs, logger, stopping, permission } = rest;
  const places = createStreamPlaces(limits);
  const share = createSharedAnswers<RunSummary | undefined>(timing.poll / 2);
  const dependencies: FollowDependencies = {
    runs,
    readSummary: (runId) => share(runId, () => runs.summary(runId)),
    still: createStillWatching(rest, { permission, roundMs: timing.recheck }),
    stopping,
    timing,
  };

  async function stream(call: Call, first: RunSummary, place: StreamPlace): Promise<void> {
    const events = openEventStream(call, { retryMs: timing.retry, graceMs: timing.grace });
    const seen = call.request.headers['last-event-id'];
    let reason: EarlyEnd | undefined = 'failed';
    try {
      reason = await followRun({ call, events, first, lost: place.lost, seen }, dependencies);
    } catch (error) {
      // It could not be answered any more; the client connects again and is told then.
      logger.warn(
        { runId: first._id, error: error instanceof Error ? error.name : 'unknown' },
        'A stream of the events of an LDAP sync broke off',
      );
    } finally {
      if (reason) events.comment(`ended ${reason}`);
      events.end();
    }
  }

  return async (call) => {
    const { request, response, principal, input } = call;
    const run = await runs.summary(input.runId);
    if (!run) return refused('Run not found');
    const seen = request.headers['last-event-id'];
    if (!isUnderWay(run.state) && seen !== undefined && seen === (await toRunEvent(run, runs))?.id) {
      response.writeHead(204, { 'Cache-Control': 'no-store' }).end();
      return 'answered';
    }
    // The router brings HEAD here as well, which needs no place.
    if (request.method !== 'GET') {
      openEventStream(call, { retryMs: timing.retry, graceMs: timing.grace }).end();
      return 'answered';
    }
    const place = places.take(principal.userId);
    if (!place) return tooManyRequests(WAIT_SECONDS);
    try {
      await stream(call, run, place);
    } finally {
      place.leave();
    }
    return 'answered';
  };
}
