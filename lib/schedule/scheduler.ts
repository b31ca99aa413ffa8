import type { Connection } from 'mongoose';
import type { DatabaseTime } from '../../models/database-time.js';
import type { JobName } from '../../models/schedule-slot.js';
import { LdapSyncError } from '../errors.js';
import type { Logger } from '../logger.js';
import { createRandomId } from '../random-id.js';
import type { ReadSettings } from '../settings/settings.js';
import { claimSlot, forgetJobs, seeJobs, serveSlot, type Claim } from './claim-slot.js';
import { JOB_NAMES, JOBS, parseSchedule } from './schedule-jobs.js';
import type { SchedulePattern } from './schedule-pattern.js';

/**
 * Starts a job. `began` is called once the run is sure to be this caller's, before it does anything; if it
 * rejects, the run ends. Gives the run that serves the slot: the one that was started, joined or queued.
 */
export type StartJob = (began: (runId: string) => Promise<void>) => Promise<string>;

export interface Scheduler {
  /** Looks now, and then every half minute. Does nothing when it has been started already. */
  start(): void;
  /** Looks no more, and waits for the look that is going. */
  stop(): Promise<void>;
  readonly isStarted: boolean;
  /** Looks once whether something is due. Never rejects. */
  look(): Promise<void>;
}

export interface SchedulerDependencies {
  readonly connection: Connection;
  readonly readSettings: ReadSettings;
  /** The database server's time, so that a host whose clock is wrong starts nothing too early. */
  readonly time: DatabaseTime;
  readonly jobs: Readonly<Record<JobName, StartJob>>;
  readonly logger: Logger;
  /** From 0 to 1. @default Math.random */
  readonly random?: () => number;
}

/** Hosts that were started together do not look together. */
const LOOK_MS = { least: 15_000, more: 15_000 };

/**
 * Every host looks by itself whether something is due; who claims the slot starts the run. So there is one run a
 * slot over all hosts, and a host that dies leaves its slot to another.
 */
export function createScheduler(dependencies: SchedulerDependencies): Scheduler {
  const { connection, readSettings, time, jobs, logger, random = Math.random } = dependencies;
  const host = createRandomId();
  let timer: NodeJS.Timeout | undefined;
  let isStarted = false;
  let looking: Promise<void> = Promise.resolve();

  async function lookAtJobs(): Promise<void> {
    const schedule = parseSchedule(await readSettings());
    const now = await time();
    await forgetJobs(
      JOB_NAMES.filter((job) => !schedule.jobs.has(job)),
      now,
      connection,
    );
    for (const [job, pattern] of schedule.jobs) {
      try {
        await lookAtJob(job, pattern, now);
      } catch (error) {
        // The other jobs are looked at all the same.
        logger.warn({ job, error: toText(error) }, 'The schedule could not start a job');
      }
    }
    await seeJobs([...schedule.jobs.keys()], now, connection);
  }

  async function lookAtJob(job: JobName, pattern: SchedulePattern, now: Date): Promise<void> {
    const slot = pattern.latest(now);
    const { floorMs } = JOBS[job];
    const claim = slot && (await claimSlot(job, slot, { connection, now, host, floorMs }));
    if (claim) await startJob(claim);
  }

  async function startJob(claim: Claim): Promise<void> {
    const serve = async (runId: string): Promise<void> => {
      if (await serveSlot(claim, runId, connection)) return;
      throw new LdapSyncError('lease-lost', 'Another host has started the run of this slot.', {
        remedy: 'Nothing.',
      });
    };
    const begun: string[] = [];
    const runId = await jobs[claim.job](async (id) => {
      await serve(id);
      begun.push(id);
    });
    // A run that was going already, or waits, serves the slot as well.
    if (begun.length === 0) await serve(runId);
    logger.info({ job: claim.job, slot: claim.slot.toISOString(), runId }, 'The schedule has started a run');
  }

  function lookSoon(): void {
    if (!isStarted) return;
    clearTimeout(timer);
    timer = setTimeout(() => void look(), LOOK_MS.least + random() * LOOK_MS.more);
    timer.unref();
  }

  async function look(): Promise<void> {
    clearTimeout(timer);
    looking = looking.then(lookAtJobs).catch((error: unknown) => {
      logger.warn({ error: toText(error) }, 'The schedule could not look whether a sync is due');
    });
    await looking;
    lookSoon();
  }

  return {
    look,
    get isStarted() {
      return isStarted;
    },
    start() {
      if (isStarted) return;
      isStarted = true;
      void look();
    },
    async stop() {
      isStarted = false;
      clearTimeout(timer);
      await looking;
    },
  };
}

function toText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
