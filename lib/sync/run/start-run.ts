import type { Connection, mongo } from 'mongoose';
import type { Asked } from '../../../models/asked-person.js';
import { openSession } from '../../../models/database.js';
import { syncRunCollection } from '../../../models/sync-run.js';
import type { Clock } from '../../clock.js';
import type { Logger } from '../../logger.js';
import { createRandomId } from '../../random-id.js';
import { endSessions } from './end-sessions.js';
import { createActiveRun, type ActiveRun } from './active-run.js';
import type { Acquired, Lease, LeaseTimes } from './lease.js';
import type { Requester, RunKind } from '../../../models/run-report.js';
import { kindsWhere, RUN_KINDS, type RunKindDefinition } from './run-kinds.js';
import { FIRST_PHASE } from './run-progress.js';
import { createTally } from './tally.js';
import { toUnsaved, type Trial } from './trial.js';
import type { MarkInterrupted } from './mark-interrupted.js';
import { createQueuedRun, type QueuedRun } from './queued-run.js';

export interface RunRequest {
  readonly kind: RunKind;
  readonly requestedBy: Requester;
  /** The run that is approved or reverted. */
  readonly of?: string;
  /** Of the sync of one person: who. */
  readonly asked?: Asked;
  /** Settings that count in the place of the saved ones. */
  readonly trial?: Trial;
}

/** What became of a request. */
export type StartedRun =
  | { readonly outcome: 'started'; readonly runId: string; readonly active: ActiveRun }
  /** A run of the same kind is going, or waits already. */
  | { readonly outcome: 'joined'; readonly runId: string; readonly active?: undefined }
  /** The run begins when the run that is going has ended. */
  | {
      readonly outcome: 'queued';
      readonly runId: string;
      readonly active?: undefined;
      readonly queued: QueuedRun;
    }
  /** A run of another kind is going, behind which this one may not wait. */
  | { readonly outcome: 'busy'; readonly runId: string; readonly active?: undefined };

/** What runs hold: the rights to write, to preview and to sign out, and the place of the next sync. */
export type RunLeases = Readonly<Record<RunKindDefinition['lease'] | 'queue', Lease>>;

interface Dependencies {
  readonly connection: Connection;
  readonly leases: RunLeases;
  readonly leaseTimes: LeaseTimes;
  readonly markInterrupted: MarkInterrupted;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How runs name this host. */
  readonly host: string;
}

type Held = Extract<Acquired, { held: true }>;

const RECORD_POLL_MS = 50;

/**
 * Makes the function that starts, joins or queues a run. One run goes at a time over all hosts, and beside it one
 * preview and one auto-logout.
 */
export function createStartRun(dependencies: Dependencies): (request: RunRequest) => Promise<StartedRun> {
  const { connection, leases, leaseTimes, markInterrupted, clock, logger, host } = dependencies;
  const runs = () => syncRunCollection(connection);
  const leaseOf = (kind: RunKind): Lease => leases[RUN_KINDS[kind].lease];

  /**
   * The kind of the run that holds a lease. Waits for its record, because a run takes the lease first and is
   * recorded then. `undefined` when the run has released the lease.
   */
  async function readKind(runId: string, lease: Lease): Promise<RunKind | undefined> {
    for (;;) {
      const record = await runs().findOne({ _id: runId }, { projection: { kind: 1 } });
      if (record) return record.kind ?? 'sync';
      if ((await lease.holder()) !== runId) return undefined;
      await new Promise((resolve) => setTimeout(resolve, RECORD_POLL_MS));
    }
  }

  /** The run that waits in the queue and was not cancelled. */
  async function findWaiting(): Promise<string | undefined> {
    const waiting = await leases.queue.holder();
    if (waiting === undefined || (await readKind(waiting, leases.queue)) === undefined) return undefined;
    return (await leases.queue.look()).cancelledBy ? undefined : waiting;
  }

  async function tryToStart(id: string, request: RunRequest): Promise<ActiveRun | string> {
    const session = openSession(connection);
    const { writes } = RUN_KINDS[request.kind];
    const acquired = await leaseOf(request.kind).acquire(id, writes ? session.id : undefined);
    if (acquired.held) return begin({ id, session, acquired }, request);
    await session.endSession();
    return acquired.holderRunId;
  }

  async function begin({ id, session, acquired }: Taken, request: RunRequest): Promise<ActiveRun> {
    const { kind, requestedBy, of, asked, trial } = request;
    const { fence: fencingNumber, leasedAt, formerSessions, isFreeOfMarks } = acquired;
    const { lease: name } = RUN_KINDS[kind];
    const provenAt = name === 'sync' ? acquired.provenAt : (await leases.sync.look()).provenAt;
    // A run starts in the database server's time, so that wrong clocks of hosts do not hide the newest run.
    const known = {
      ...{ id, kind, of, asked, trial, requestedBy, host, startedAt: leasedAt },
      provenAt,
      isFreeOfMarks,
    };
    const starting = { ...known, fencingNumber, formerSessions, session };
    const lease = leaseOf(kind);
    const sameLease = kindsWhere((other) => other.lease === name);
    // Runs of the first version have no kind.
    const kinds = sameLease.includes('sync') ? [...sameLease, null] : sameLease;
    const markFormer = () => markInterrupted({ _id: { $ne: id }, kind: { $in: kinds }, state: 'running' });
    const active = createActiveRun(starting, { connection, lease, leaseTimes, markFormer, clock, logger });
    try {
      // A transaction that is open still holds the record of its run.
      await endSessions(connection, formerSessions);
      await markFormer();
      const record = { ...toRecord(request, leasedAt), host, phase: FIRST_PHASE };
      const begun = { $set: { ...record, state: 'running' }, $unset: { finishedAt: '' } };
      await runs().updateOne({ _id: id }, begun as object, { upsert: true });
      return active;
    } catch (error) {
      await active.abandon(true);
      throw error;
    }
  }

  async function queue(id: string, request: RunRequest): Promise<StartedRun | undefined> {
    const place = await leases.queue.acquire(id);
    if (!place.held) {
      const waiting = await findWaiting();
      if (waiting !== undefined) return { outcome: 'joined', runId: waiting };
      // A cancelled run leaves its place as soon as its host has noticed.
      await new Promise((resolve) => setTimeout(resolve, RECORD_POLL_MS));
      return undefined;
    }
    try {
      // The host of an earlier run that is still recorded as queued is gone, since its place was free.
      await markInterrupted({ _id: { $ne: id }, state: 'queued' });
      const record = { _id: id, ...toRecord(request, place.leasedAt), host, state: 'queued' };
      await runs().insertOne(record as never);
    } catch (error) {
      await leases.queue.release(id).catch(() => undefined);
      throw error;
    }
    const queued = createQueuedRun(id, {
      place: leases.queue,
      tryToStart: async () => {
        const result = await tryToStart(id, request);
        return typeof result === 'string' ? undefined : result;
      },
      recordEnd: async ({ state, problem }) => {
        const end = { $set: { state, finishedAt: clock() }, $push: { problems: problem } };
        await runs().updateOne({ _id: id, state: 'queued' }, end);
      },
    });
    return { outcome: 'queued', runId: id, queued };
  }

  return async (request) => {
    const id = createRandomId();
    for (;;) {
      // A request for a sync joins a sync that waits, because that one has not looked at the directory yet.
      const waiting = RUN_KINDS[request.kind].waits ? await findWaiting() : undefined;
      if (waiting !== undefined) return { outcome: 'joined', runId: waiting };
      const started = await tryToStart(id, request);
      if (typeof started !== 'string') return { outcome: 'started', runId: id, active: started };
      const kind = await readKind(started, leaseOf(request.kind));
      // The holder may have released the lease between the two reads; then the caller tries again.
      if (kind === undefined) continue;
      if (kind === request.kind && RUN_KINDS[kind].isShared) return { outcome: 'joined', runId: started };
      if (!RUN_KINDS[request.kind].waits) return { outcome: 'busy', runId: started };
      const queued = await queue(id, request);
      if (queued) return queued;
    }
  };
}

interface Taken {
  readonly id: string;
  readonly session: mongo.ClientSession;
  readonly acquired: Held;
}

function toRecord({ trial, ...request }: RunRequest, startedAt: Date): object {
  return { ...request, ...toUnsaved(trial), startedAt, ...createTally().snapshot() };
}
