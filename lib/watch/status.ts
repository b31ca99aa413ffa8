import type { Connection } from 'mongoose';
import { findTransactionLack } from '../../models/transactions-support.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../logger.js';
import type { LackingAccount, ReadLackingAccounts } from '../auth/second-factor/lacking-accounts.js';
import { parseAutoLogout } from '../settings/auto-logout.js';
import type { ReadSettings, Settings } from '../settings/settings.js';
import type { ScheduleStatus } from '../schedule/read-schedule.js';
import type { LeaseHolder, RunLog } from '../sync/run/run-log.js';
import { toDirectoryStatus, type DirectoryStatus } from './directory-status.js';
import { toSettingsStatus, type SettingsStatus } from './settings-status.js';
import { toRemovalCounts, type RemovalCounts } from '../../models/removal-kind.js';
import type {
  RunCounts,
  RunKind,
  RunPhase,
  RunProblem,
  RunSummary,
  WaitingFor,
} from '../../models/run-report.js';

/** A report without its rows. */
export type ShortRun = Pick<RunSummary, '_id' | 'kind' | 'state' | 'startedAt' | 'counts'> & {
  readonly finishedAt: Date | null;
};
/** A run that is going, on whichever host. */
export interface RunningRun {
  readonly runId: string;
  readonly kind: RunKind;
  readonly counts: RunCounts;
  /** Set while it waits for something before it may write. */
  readonly waitingFor?: WaitingFor;
  /** The name of its host, and what it is at. */
  readonly host?: string;
  readonly phase?: RunPhase;
}
/** A sync that waits until the run that is going has ended. */
export interface WaitingRun {
  readonly runId: string;
  readonly queuedAt: Date;
}
/** Removals that wait for a decision, in people. */
export interface HeldRun extends RemovalCounts {
  readonly runId: string;
  readonly reason: string;
}

/** Who is signed out between syncs, and the last run that did it. */
export interface AutoLogoutStatus {
  /** Whether `LDAP_Enable` and `LDAP_Sync_AutoLogout_Enabled` are on. */
  readonly enabled: boolean;
  /** Whether people who are gone from the directory are signed out, too. */
  readonly gone: boolean;
  readonly lastRun: (ShortRun & { readonly signedOut: number } & Partial<Pick<RunSummary, 'idle'>>) | null;
}

/** How the sync is doing, over all hosts. */
export interface SyncStatus {
  /** The newest run, but for auto-logouts. */
  readonly lastRun: ShortRun | null;
  /** ISO 8601. As the host says with `nextRunAt`, else as the schedule says where it was started. */
  readonly nextRunAt: string | null;
  /** What the schedule starts when; looked at on this host only where `isStarted`. */
  readonly schedule: ScheduleStatus;
  readonly running: RunningRun | null;
  readonly queued: WaitingRun | null;
  /** The list that waits for a decision: the guard takes nothing away from anybody until then. */
  readonly held: HeldRun | null;
  /** The newest sync that was completed. */
  readonly lastSuccess: {
    readonly runId: string;
    readonly finishedAt: Date;
    readonly ageSeconds: number;
  } | null;
  /**
   * As it is stored: an `expiresAt` that is past means that the host of that run is gone. In the database
   * server's time.
   */
  readonly lease: LeaseHolder | null;
  readonly autoLogout: AutoLogoutStatus;
  readonly settings: SettingsStatus;
  readonly directory: DirectoryStatus;
  /** What keeps a sync from writing to this database. */
  readonly database: { readonly problems: readonly RunProblem[] };
  /** Those who may sync but cannot give any second factor now, 50 at most. */
  readonly accounts: readonly LackingAccount[];
}

/** Rejects when the database does. */
export type ReadStatus = () => Promise<SyncStatus>;

interface Dependencies {
  readonly connection: Connection;
  readonly runs: RunLog;
  /** The run whose list waits, with who still waits. */
  readonly readStillWaiting: RunLog['undecided'];
  readonly readSettings: ReadSettings;
  readonly readAccounts: ReadLackingAccounts;
  readonly readSchedule: () => Promise<ScheduleStatus>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Of a host that has a scheduler of its own. */
  readonly nextRunAt?: (() => Date | undefined) | undefined;
}

export function createReadStatus(dependencies: Dependencies): ReadStatus {
  const { runs, readSettings, readAccounts, clock } = dependencies;

  return async () => {
    // First, since it marks runs as interrupted whose host is gone.
    const going = await readGoing(runs);
    const settings = await readSettings();
    const [reports, autoLogout, accounts, schedule, lack, answered] = await Promise.all([
      readReports(dependencies),
      readAutoLogout(runs, settings),
      readAccounts(),
      dependencies.readSchedule(),
      findTransactionLack(dependencies.connection),
      runs.newestAnswered(),
    ]);
    const database = { problems: lack ? [{ message: lack.reason, remedy: lack.remedy }] : [] };
    const nextRunAt = readNextRunAt(dependencies) ?? findNextRunAt(schedule);
    const directory = toDirectoryStatus(answered, settings, clock());
    const read = { settings: toSettingsStatus(settings), directory, database, accounts };
    return { nextRunAt, schedule, ...going, ...reports, autoLogout, ...read };
  };
}

/** The log notices when the host of a run is gone. */
async function readGoing(runs: RunLog): Promise<Pick<SyncStatus, 'running' | 'queued' | 'lease'>> {
  const { lease, queuedRunId } = await runs.leases();
  const [holder, queued] = await Promise.all([
    lease ? runs.summary(lease.runId) : undefined,
    queuedRunId === undefined ? undefined : runs.summary(queuedRunId),
  ]);
  return {
    running: holder?.state === 'running' ? toRunning(holder) : null,
    queued: queued?.state === 'queued' ? { runId: queued._id, queuedAt: queued.startedAt } : null,
    lease: lease ?? null,
  };
}

async function readReports({
  runs,
  readStillWaiting,
  clock,
}: Dependencies): Promise<Pick<SyncStatus, 'lastRun' | 'held' | 'lastSuccess'>> {
  const [last, undecided, success] = await Promise.all([
    runs.newest(),
    readStillWaiting(),
    runs.lastSuccess(),
  ]);
  return {
    lastRun: last ? toShortRun(last) : null,
    held: undecided ? toHeldRun(undecided) : null,
    lastSuccess: success ? toSuccess(success, clock()) : null,
  };
}

async function readAutoLogout(runs: RunLog, settings: Settings): Promise<AutoLogoutStatus> {
  const { isOn: enabled, signsOutGone: gone } = parseAutoLogout(settings);
  const run = await runs.newestOf('auto-logout');
  if (!run) return { enabled, gone, lastRun: null };
  const { idle, signedOut = 0 } = run;
  return { enabled, gone, lastRun: { ...toShortRun(run), signedOut, ...(idle ? { idle } : {}) } };
}

function readNextRunAt({ nextRunAt, logger }: Pick<Dependencies, 'nextRunAt' | 'logger'>): string | null {
  try {
    return nextRunAt?.()?.toISOString() ?? null;
  } catch (error) {
    logger.warn(
      { error: error instanceof Error ? error.message : String(error) },
      'nextRunAt of the host failed',
    );
    return null;
  }
}

function findNextRunAt({ isStarted, jobs }: ScheduleStatus): string | null {
  const times = isStarted ? jobs.flatMap(({ nextAt }) => nextAt ?? []) : [];
  const [first] = times.sort((one, other) => one.getTime() - other.getTime());
  return first?.toISOString() ?? null;
}

function toShortRun({ _id, kind, state, startedAt, finishedAt, counts }: RunSummary): ShortRun {
  return { _id, kind, state, startedAt, finishedAt: finishedAt ?? null, counts };
}

function toRunning({ _id, kind, counts, waitingFor, host, phase }: RunSummary): RunningRun {
  return {
    runId: _id,
    kind,
    counts,
    ...(waitingFor ? { waitingFor } : {}),
    ...(host === undefined ? {} : { host }),
    ...(phase === undefined ? {} : { phase }),
  };
}

const NO_REASON = 'The report does not say why.';

/** An older version wrote no counts. */
function toHeldRun({ _id, held }: RunSummary): HeldRun {
  const { reason = NO_REASON, ...counts }: Partial<HeldRun> = held ?? {};
  return { runId: _id, ...toRemovalCounts((count) => counts[count] ?? 0), reason };
}

function toSuccess(
  { _id, startedAt, finishedAt = startedAt }: RunSummary,
  now: Date,
): SyncStatus['lastSuccess'] {
  const ageSeconds = Math.max(0, Math.floor((now.getTime() - finishedAt.getTime()) / 1_000));
  return { runId: _id, finishedAt, ageSeconds };
}
