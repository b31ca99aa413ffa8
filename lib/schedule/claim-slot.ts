import type { Connection } from 'mongoose';
import { isDuplicateKey } from '../../models/database-errors.js';
import { slotCollection, type JobName } from '../../models/schedule-slot.js';

/** The right to start the run of one slot. */
export interface Claim {
  readonly job: JobName;
  readonly slot: Date;
  readonly claimedAt: Date;
  readonly claimedBy: string;
}

interface Claiming {
  readonly connection: Connection;
  /** The database server's time. */
  readonly now: Date;
  readonly host: string;
  readonly floorMs: number;
}

/** A host that has claimed a slot and not started a run after this long is gone. */
const STARTED_WITHIN_MS = 60_000;

/**
 * Claims a slot for this host; `undefined`: another host has it, or it is too close to the one before. Of all
 * slots that nobody has served only the newest is claimed. The first slot ever seen of a job is over: whoever
 * switches the schedule on does not want a sync at once.
 */
export async function claimSlot(
  job: JobName,
  slot: Date,
  { connection, now, host, floorMs }: Claiming,
): Promise<Claim | undefined> {
  const slots = slotCollection(connection);
  const claim = { claimedAt: now, claimedBy: host };
  const isDue = { slot: { $lte: new Date(slot.getTime() - floorMs) } };
  // The database server's clock was ahead for a time.
  const isOfFuture = { slot: { $gt: now } };
  const isAbandoned = {
    slot,
    runId: { $exists: false },
    isOver: { $exists: false },
    claimedAt: { $lte: new Date(now.getTime() - STARTED_WITHIN_MS) },
  };
  const { modifiedCount } = await slots.updateOne(
    { _id: job, $or: [isDue, isOfFuture, isAbandoned] },
    { $set: { slot, ...claim, seenAt: now }, $unset: { runId: '', isOver: '' } },
  );
  if (modifiedCount === 1) return { job, slot, ...claim };
  const known = await slots.findOne({ _id: job }, { projection: { _id: 1 } });
  if (known === null) await begin({ job, slot, ...claim }, connection);
  return undefined;
}

async function begin({ job, ...claim }: Claim, connection: Connection): Promise<void> {
  try {
    await slotCollection(connection).insertOne({ _id: job, ...claim, seenAt: claim.claimedAt, isOver: true });
  } catch (error) {
    // Another host was faster.
    if (!isDuplicateKey(error)) throw error;
  }
}

/**
 * Writes down which run serves the slot. False when the claim is another host's by now, which then starts the
 * run.
 */
export async function serveSlot(
  { job, slot, claimedAt, claimedBy }: Claim,
  runId: string,
  connection: Connection,
): Promise<boolean> {
  const slots = slotCollection(connection);
  const { modifiedCount } = await slots.updateOne(
    { _id: job, slot, claimedAt, claimedBy, runId: { $exists: false } },
    { $set: { runId } },
  );
  if (modifiedCount === 1) return true;
  // Another host has claimed the slot since, and found this very run going.
  return (await slots.findOne({ _id: job, slot, runId }, { projection: { _id: 1 } })) !== null;
}

/** Notes that a host has the jobs on. */
export async function seeJobs(jobs: readonly JobName[], now: Date, connection: Connection): Promise<void> {
  if (jobs.length > 0)
    await slotCollection(connection).updateMany({ _id: { $in: [...jobs] } }, { $set: { seenAt: now } });
}

/** So long a job is on no host before it is forgotten: the settings of hosts may differ by their environments. */
const FORGOTTEN_AFTER_MS = 120_000;

/** A job that is off has no slots: when it is switched on again, it begins anew. */
export async function forgetJobs(jobs: readonly JobName[], now: Date, connection: Connection): Promise<void> {
  if (jobs.length === 0) return;
  const seenAt = { $lte: new Date(now.getTime() - FORGOTTEN_AFTER_MS) };
  await slotCollection(connection).deleteMany({ _id: { $in: [...jobs] }, seenAt });
}
