import express from 'express';
import type { Principal } from '../../lib/auth/principal.js';
import { silentLogger } from '../../lib/logger.js';
import type { ActiveRun } from '../../lib/sync/run/active-run.js';
import { createRunLog, type RunLog } from '../../lib/sync/run/run-log.js';
import type { Call } from '../../routes/checks.js';
import { createStillWatching } from '../../routes/may-still-watch.js';
import { createRunEventStream } from '../../routes/run-events.js';
import { runEventsQuery } from '../../routes/schemas/run-reports.js';
import { createSharedAnswers } from '../../routes/shared-answers.js';
import { createStreamPlaces } from '../../routes/stream-places.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { serve, type EventReader, type Served } from '../routes/event-reader.js';

const FOREVER = 3_600_000;

describe('places for streams', () => {
  const places = () => createStreamPlaces({ perUser: 10, inAll: 100 });

  it('taken up by ten accounts are given up, the oldest of the one with the most, to a user without any', () => {
    const { take } = places();
    const taken = Array.from({ length: 100 }, (_, index) => take(`thief${index % 10}`)!);
    expect(take('thief0')).toBeUndefined();
    expect(take('administrator')).toBeDefined();
    expect(taken.flatMap(({ lost }, index) => (lost.aborted ? [index] : []))).toEqual([0]);
    // The thieves still have more than the administrator, who may go on until all have as many.
    for (let index = 0; index < 8; index += 1) expect(take('administrator')).toBeDefined();
    expect(take('administrator')).toBeUndefined();
  });

  it('taken up by a hundred accounts are given up by the oldest', () => {
    const { take } = places();
    const taken = Array.from({ length: 100 }, (_, index) => take(`thief${index}`)!);
    expect(take('administrator')).toBeDefined();
    expect(taken[0]!.lost.aborted).toBe(true);
    expect(take('administrator')).toBeUndefined();
    // Coming back they take from one another: ninety-nine are older than the administrator.
    const again = Array.from({ length: 99 }, (_, index) => take(`thief${index}`)!);
    expect(again).toHaveLength(99);
    expect(taken.every(({ lost }) => lost.aborted)).toBe(true);
  });

  it('that were lost or left are counted no more, however often they are left', () => {
    const { take } = createStreamPlaces({ perUser: 1, inAll: 2 });
    const first = take('a')!;
    take('b');
    take('c');
    expect(first.lost.aborted).toBe(true);
    first.leave();
    first.leave();
    const d = take('d')!;
    d.leave();
    d.leave();
    expect(take('e')!.lost.aborted).toBe(false);
    expect(take('e')).toBeUndefined();
  });
});

it('a question that many ask at once is asked once, and anew when its answer is old', async () => {
  let asked = 0;
  const ask = () => Promise.resolve((asked += 1));
  const share = createSharedAnswers<number>(FOREVER);
  expect(await Promise.all([share('a', ask), share('a', ask), share('b', ask)])).toEqual([1, 1, 2]);
  const forget = createSharedAnswers<number>(0);
  expect([await forget('a', ask), await forget('a', ask)]).toEqual([3, 4]);
});

it('ten streams of one user cost one look at the permission a round, and each proves its own sign-in', async () => {
  const asked = { authenticate: 0, authorize: 0 };
  const { mayStillWatch } = createStillWatching(
    {
      authenticate: () => ((asked.authenticate += 1), Promise.resolve({ userId: 'a' })),
      authorize: () => ((asked.authorize += 1), Promise.resolve(true)),
    },
    { permission: 'sync-auth-services-users', roundMs: FOREVER },
  );
  const call = { principal: { userId: 'a' } } as Call;
  expect(await Promise.all(Array.from({ length: 10 }, () => mayStillWatch(call)))).not.toContain(false);
  expect(asked).toEqual({ authenticate: 10, authorize: 1 });
  expect(await mayStillWatch({ principal: { userId: 'b' } } as Call)).toBe(false);
});

describe('event streams', () => {
  let database: TestDatabase;
  let log: RunLog;
  let run: ActiveRun;
  let served: Served;
  const permitted = new Set<string>();

  beforeEach(async () => {
    database = await openTestDatabase();
    log = createRunLog({ connection: database.connection, clock: () => new Date(), logger: silentLogger });
    run = (await log.start({ kind: 'sync', requestedBy: { _id: 'u' } })).active!;
  });
  afterEach(async () => {
    await served.close();
    await run.finish({ state: 'completed' });
    await database.close();
  });

  async function start({ recheck = FOREVER }: { recheck?: number }): Promise<void> {
    const authenticate = (call: { headers: NodeJS.Dict<string | string[]> }): Promise<Principal> =>
      Promise.resolve({ userId: String(call.headers['x-user-id']) });
    const stream = createRunEventStream({
      runs: log,
      authenticate,
      authorize: ({ userId }) => Promise.resolve(permitted.has(userId)),
      logger: silentLogger,
      permission: 'sync-auth-services-users',
      stopping: new AbortController().signal,
      limits: { perUser: 2, inAll: 4 },
      timing: {
        poll: 10,
        heartbeat: 20,
        recheck,
        longest: FOREVER,
        slowest: FOREVER,
        retry: 3_000,
        grace: FOREVER,
      },
    });
    const app = express();
    app.get('/', (call, response, next) => {
      authenticate(call)
        .then((principal) =>
          stream({ request: call, response, principal, input: runEventsQuery.parse(call.query) }),
        )
        .then((reply) => reply === 'answered' || response.status(reply.status).json(reply.body))
        .catch(next);
    });
    served = await serve(app);
  }

  const open = (userId: string, runId = run.id): Promise<EventReader> =>
    served.open(`/?runId=${runId}`, { 'X-User-Id': userId });

  it('of thieves end, and say why, when another user needs a place', async () => {
    await start({});
    const [oldest, ...others] = [
      await open('thief1'),
      await open('thief1'),
      await open('thief2'),
      await open('thief2'),
    ];
    expect((await open('thief1')).status).toBe(429);
    const administrator = await open('administrator');
    await administrator.until(/event: progress\n/);
    await oldest.ended;
    expect(oldest.text()).toMatch(/\n: ended place-needed\n\n$/);
    for (const reader of [administrator, ...others]) await reader.until(/\n:\n\n/);
  });

  it('are not ended for somebody who asks for a run that is not there', async () => {
    await start({});
    const readers = [await open('a'), await open('a'), await open('b'), await open('b')];
    expect((await open('c', 'x'.repeat(17))).status).toBe(400);
    for (const reader of readers) await reader.until(/(:\n\n){2}/);
  });

  it('end, and say why, for whoever has lost the permission, and go on for others', async () => {
    permitted.add('a').add('b');
    await start({ recheck: 20 });
    const [first, second] = [await open('a'), await open('b')];
    await first.until(/event: progress\n/);
    permitted.delete('a');
    await first.ended;
    expect(first.text()).toMatch(/\n: ended not-permitted\n\n$/);
    await second.until(/(:\n\n){3}/);
  });
});
