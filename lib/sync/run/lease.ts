import type { Connection, mongo } from 'mongoose';
import { leaseCollection, type LeaseName, type LeaseRecord } from '../../../models/lease.js';
import type { SessionId } from '../../../models/database.js';
import { isDuplicateKey } from '../../../models/database-errors.js';
import { createDatabaseTime } from '../../../models/database-time.js';
import type { Requester } from '../../../models/run-report.js';
import { leaseLost } from './lease-lost.js';

/** In milliseconds. */
export interface LeaseTimes {
  /** A holder that is silent for longer has lost the lease. */
  readonly life: number;
  /** How often a holder renews. */
  readonly heartbeat: number;
}

export const LEASE_TIMES: LeaseTimes = { life: 30_000, heartbeat: 5_000 };

export type Acquired =
  | {
      readonly held: true;
      readonly fence: number;
      /** When the lease was taken, in the database server's time. */
      readonly leasedAt: Date;
      readonly provenAt: Date | undefined;
      /** The sessions of earlier holders that nobody has ended yet. */
      readonly formerSessions: readonly SessionId[];
      /** False while users may bear marks of a version before transactions. */
      readonly isFreeOfMarks: boolean;
    }
  | { readonly held: false; readonly holderRunId: string };

/**
 * One run at a time over all hosts on one database. Expiry is reckoned in the database server's time, so that
 * hosts with wrong clocks agree.
 */
export interface Lease {
  /** Takes the lease for a run, which writes in `session`, or says which run has it. */
  acquire(runId: string, session?: SessionId): Promise<Acquired>;
  /**
   * Rejects with `lease-lost` when the run is not the holder, as a transaction sees it. Hosts of versions before
   * transactions take the lease without raising the fence.
   */
  assertHeld(runId: string, session: mongo.ClientSession): Promise<void>;
  /** Gives the holder another fencing number. Rejects with `lease-lost` when the run is not the holder. */
  renumber(runId: string, fence: number): Promise<void>;
  /** The holder has ended the sessions of those before. */
  forgetFormer(runId: string, session: SessionId): Promise<void>;
  /** The holder has taken off the marks of versions before transactions. */
  noteFreeOfMarks(runId: string): Promise<void>;
  /** False when another run has the lease. */
  renew(runId: string): Promise<boolean>;
  /** What is known of the lease right now. */
  look(): Promise<LeaseState>;
  /** Asks the run that holds the lease to end. False when it does not hold it. */
  requestCancel(runId: string, by: Requester): Promise<boolean>;
  /** Remembers that the run that holds the lease has just read the right directory. */
  prove(runId: string): Promise<void>;
  /**
   * Releases the lease, and returns who has asked the run to end, if somebody has. Afterwards nobody can ask
   * any more. `session`: has nothing open any more.
   */
  release(runId: string, session?: SessionId): Promise<Requester | undefined>;
  /** The run that holds the lease and is alive. */
  holder(): Promise<string | undefined>;
}

export interface LeaseState {
  /** The run that holds the lease, alive or not. */
  readonly runId: string | undefined;
  /** In the database server's time. */
  readonly expiresAt: Date;
  readonly fence: number;
  readonly cancelledBy: Requester | undefined;
  readonly provenAt: Date | undefined;
}

/** Most sessions that are remembered; one for each holder that died since the last fence was raised. */
const MAX_SESSIONS = 20;

export function createLease(
  connection: Connection,
  {
    name = 'ldap-sync',
    times: { life } = LEASE_TIMES,
  }: { readonly name?: LeaseName; readonly times?: LeaseTimes } = {},
): Lease {
  const leases = () => leaseCollection(connection);
  const one = { _id: name };
  const serverNow = createDatabaseTime(connection);

  async function read(): Promise<LeaseRecord | null> {
    return leases().findOne<LeaseRecord>(one);
  }

  async function ensureDocument(): Promise<void> {
    try {
      await leases().updateOne(
        one,
        { $setOnInsert: { runId: null, expiresAt: new Date(0), fence: 0 } },
        { upsert: true },
      );
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  return {
    async acquire(runId, session) {
      await ensureDocument();
      const now = await serverNow();
      const before = await leases().findOneAndUpdate(
        { ...one, $or: [{ runId: null }, { expiresAt: { $lt: now } }] },
        {
          $set: { runId, expiresAt: new Date(now.getTime() + life) },
          $unset: { cancelledBy: '' },
          $inc: { fence: 1 },
          ...(session ? { $push: { sessions: { $each: [session], $slice: -MAX_SESSIONS } } } : {}),
        },
        { returnDocument: 'before' },
      );
      if (before) return toHeld({ ...before, fence: before.fence + 1 }, now, session);
      const current = await read();
      if (current?.runId === runId) return toHeld(current, now, session);
      // The holder may have released the lease between the two reads; then the caller tries again.
      return current?.runId ? { held: false, holderRunId: current.runId } : this.acquire(runId, session);
    },

    async assertHeld(runId, session) {
      if (!(await leases().findOne({ ...one, runId }, { projection: { _id: 1 }, session })))
        throw leaseLost();
    },

    async renumber(runId, fence) {
      const { matchedCount } = await leases().updateOne({ ...one, runId }, { $set: { fence } });
      if (matchedCount === 0) throw leaseLost();
    },

    async forgetFormer(runId, session) {
      await leases().updateOne({ ...one, runId }, { $set: { sessions: [session] } });
    },

    async noteFreeOfMarks(runId) {
      await leases().updateOne({ ...one, runId }, { $set: { isFreeOfMarks: true } });
    },

    async renew(runId) {
      const now = await serverNow();
      const { matchedCount } = await leases().updateOne(
        { ...one, runId },
        { $set: { expiresAt: new Date(now.getTime() + life) } },
      );
      return matchedCount === 1;
    },

    async prove(runId) {
      await leases().updateOne({ ...one, runId }, { $max: { provenAt: await serverNow() } });
    },

    async release(runId, session) {
      const released = { $set: { runId: null }, ...(session ? { $pull: { sessions: session } } : {}) };
      const before = await leases().findOneAndUpdate({ ...one, runId }, released, {
        returnDocument: 'before',
      });
      return before?.cancelledBy;
    },

    async look() {
      const current = await read();
      return {
        runId: current?.runId ?? undefined,
        expiresAt: current?.expiresAt ?? new Date(0),
        fence: current?.fence ?? 0,
        cancelledBy: current?.cancelledBy,
        provenAt: toDate(current?.provenAt),
      };
    },

    async requestCancel(runId, by) {
      const { matchedCount } = await leases().updateOne({ ...one, runId }, { $set: { cancelledBy: by } });
      return matchedCount === 1;
    },

    async holder() {
      const [current, now] = await Promise.all([read(), serverNow()]);
      return current?.runId && current.expiresAt > now ? current.runId : undefined;
    },
  };
}

function toHeld(
  { fence, provenAt, sessions = [], isFreeOfMarks }: LeaseRecord,
  leasedAt: Date,
  session: SessionId | undefined,
): Extract<Acquired, { held: true }> {
  return {
    held: true,
    fence,
    leasedAt,
    provenAt: toDate(provenAt),
    formerSessions: sessions.filter(
      ({ id }) => !session || id.toString('hex') !== session.id.toString('hex'),
    ),
    isFreeOfMarks: isFreeOfMarks === true,
  };
}

function toDate(value: unknown): Date | undefined {
  return value instanceof Date ? value : undefined;
}
