import type { Call } from './checks.js';
import { openEventStream } from './event-stream.js';
import { followRun, toRunEvent, type FollowDependencies, type StreamTiming } from './follow-run.js';
import { answering, toRunId } from './query.js';
import { refused, tooManyRequests, type Answered, type Reply } from './reply.js';
import { createStreamLimit } from './stream-limit.js';

type Dependencies = Omit<FollowDependencies, 'timing'> & { readonly timing?: StreamTiming };

const TIMING: StreamTiming = {
  poll: 500,
  heartbeat: 15_000,
  recheck: 60_000,
  longest: 900_000,
  retry: 3_000,
  grace: 10_000,
};
const LIMITS = { perUser: 10, inAll: 100 } as const;
const WAIT_SECONDS = 15;

/**
 * `GET ldap.runEvents`: the report of a run as server-sent events, whichever host does it. `progress` comes without
 * `attention`; `finished` comes last, and once: a client that connects again having seen it is told to stop (204).
 * At most 10 streams a user and 100 a process.
 */
export function createRunEventStream({ timing = TIMING, ...rest }: Dependencies) {
  const dependencies: FollowDependencies = { timing, ...rest };
  const { runs, logger } = dependencies;
  const limit = createStreamLimit(LIMITS);

  async function stream(call: Call, runId: string): Promise<Reply | Answered> {
    const { request, response } = call;
    const run = await runs.get(runId);
    if (!run) return refused('Run not found');
    const seen = request.headers['last-event-id'];
    if (run.state !== 'running' && seen === toRunEvent(run).id) {
      response.writeHead(204, { 'Cache-Control': 'no-store' }).end();
      return 'answered';
    }
    const events = openEventStream(call, { retryMs: timing.retry, graceMs: timing.grace });
    try {
      // The router brings HEAD here as well.
      if (request.method === 'GET') await followRun({ call, events, first: run, seen }, dependencies);
    } catch (error) {
      // It could not be answered any more; the client connects again and is told then.
      logger.warn(
        { runId, error: error instanceof Error ? error.name : 'unknown' },
        'A stream of the events of an LDAP sync broke off',
      );
    } finally {
      events.end();
    }
    return 'answered';
  }

  return answering(async (call: Call): Promise<Reply | Answered> => {
    const runId = toRunId(call.request);
    const leave = limit.enter(call.principal.userId);
    if (!leave) return tooManyRequests(WAIT_SECONDS);
    try {
      return await stream(call, runId);
    } finally {
      leave();
    }
  });
}
