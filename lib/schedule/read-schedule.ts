import type { Connection } from 'mongoose';
import { openCollection } from '../../models/database.js';
import type { DatabaseTime } from '../../models/database-time.js';
import type { RunProblem } from '../../models/run-report.js';
import { slotCollection, type JobName } from '../../models/schedule-slot.js';
import type { ReadSettings } from '../settings/settings.js';
import { JOB_NAMES, parseSchedule } from './schedule-jobs.js';

/** A job of the schedule, as `ldap.status` shows it. */
export interface ScheduledJob {
  readonly job: JobName;
  /** Five fields of cron. */
  readonly pattern: string;
  readonly nextAt: Date | null;
  /** The newest slot for which a run was started; `null`: none yet. */
  readonly last: { readonly slot: Date; readonly runId: string | null } | null;
}

export interface ScheduleStatus {
  /** Whether this host looks for what is due (`ldapSync.start()`). */
  readonly isStarted: boolean;
  /** Without those that are off. */
  readonly jobs: readonly ScheduledJob[];
  readonly problems: readonly RunProblem[];
}

interface Dependencies {
  readonly connection: Connection;
  readonly readSettings: ReadSettings;
  readonly time: DatabaseTime;
}

/** What is due when, over all hosts. */
export async function readSchedule(
  isStarted: boolean,
  { connection, readSettings, time }: Dependencies,
): Promise<ScheduleStatus> {
  const schedule = parseSchedule(await readSettings());
  const [now, records, rivals] = await Promise.all([
    time(),
    slotCollection(connection).find({}).toArray(),
    isStarted ? findRivals([...schedule.jobs.keys()], connection) : [],
  ]);
  const byJob = new Map(records.map((record) => [record._id, record]));
  const jobs = [...schedule.jobs].map(([job, pattern]): ScheduledJob => {
    const record = byJob.get(job);
    const last = record && record.isOver !== true ? { slot: record.slot, runId: record.runId ?? null } : null;
    return { job, pattern: pattern.text, nextAt: pattern.next(now) ?? null, last };
  });
  return {
    isStarted,
    jobs,
    problems: [...schedule.problems, ...(rivals.length > 0 ? [toRivalry(rivals)] : [])],
  };
}

/** The jobs that a Rocket.Chat on the same database starts, too. */
async function findRivals(jobs: readonly JobName[], connection: Connection): Promise<readonly JobName[]> {
  const found = await openCollection(connection, 'rocketchat_cron')
    .find(
      { name: { $in: jobs }, disabled: { $ne: true }, nextRunAt: { $type: 'date' } },
      { projection: { name: 1 }, limit: JOB_NAMES.length },
    )
    .toArray();
  const names = new Set<unknown>(found.map((document) => (document as { readonly name?: unknown }).name));
  return jobs.filter((job) => names.has(job));
}

function toRivalry(rivals: readonly JobName[]): RunProblem {
  return {
    message:
      `A Rocket.Chat on this database has the job ${rivals.join(' and ')} as well, so two of them sync the same ` +
      'people.',
    remedy:
      'Let one do it: take the licence of its LDAP away or stop that Rocket.Chat, or do not call start() here and ' +
      'leave the schedule to it.',
  };
}
