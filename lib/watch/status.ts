import type { Connection } from 'mongoose';
import type { Clock } from '../clock.js';
import type { Logger } from '../logger.js';
import { parseSyncSettings } from '../settings/parse-sync-settings.js';
import type { ReadSettings } from '../settings/settings.js';
import type { RunProblem } from '../sync/report.js';
import type { RunLog } from '../sync/run-log.js';
import {
  createRecentRuns,
  toShortRun,
  type HeldRun,
  type LeaseState,
  type RunningRun,
  type ShortRun,
} from './recent-runs.js';

/** How the sync is doing, over all hosts. */
export interface SyncStatus {
  readonly lastRun: ShortRun | null;
  /** ISO 8601. Only a host that gives `nextRunAt` knows. */
  readonly nextRunAt: string | null;
  readonly running: RunningRun | null;
  /** What waits for a decision; nothing once a later sync was completed. */
  readonly held: HeldRun | null;
  /** The newest sync that was completed. */
  readonly lastSuccess: {
    readonly runId: string;
    readonly finishedAt: Date;
    readonly ageSeconds: number;
  } | null;
  /** As it is stored: an `expiresAt` that is past means that the host of that run is gone. In the database server's time. */
  readonly lease: LeaseState | null;
  readonly settings: { readonly enabled: boolean; readonly problems: readonly RunProblem[] };
}

/** Rejects when the database does. */
export type ReadStatus = () => Promise<SyncStatus>;

interface Dependencies {
  readonly connection: Connection;
  readonly runs: RunLog;
  readonly readSettings: ReadSettings;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The scheduler is the host's. */
  readonly nextRunAt?: (() => Date | undefined) | undefined;
}

export function createReadStatus({
  connection,
  runs,
  readSettings,
  clock,
  logger,
  nextRunAt,
}: Dependencies): ReadStatus {
  const recent = createRecentRuns(connection);

  /** The log is asked, because it notices when the host of a run is gone. */
  async function readRunning(lease: LeaseState | null): Promise<RunningRun | null> {
    const run = lease ? await runs.get(lease.runId) : undefined;
    if (run?.state !== 'running') return null;
    const { _id, kind, counts } = toShortRun(run);
    return { runId: _id, kind, counts };
  }

  async function readLastRun(): Promise<ShortRun | null> {
    const last = await recent.last();
    if (last?.state !== 'running') return last ? toShortRun(last) : null;
    const run = await runs.get(last._id);
    return run ? toShortRun(run) : null;
  }

  async function readHeld(): Promise<Pick<SyncStatus, 'held' | 'lastSuccess'>> {
    const [held, success] = await Promise.all([recent.lastUndecided(), recent.lastCompletedSync()]);
    const isSettled = held && success && success.startedAt > held.startedAt;
    return {
      held: held && !isSettled ? held.removals : null,
      lastSuccess: success && {
        runId: success.runId,
        finishedAt: success.finishedAt,
        ageSeconds: Math.max(0, Math.floor((clock().getTime() - success.finishedAt.getTime()) / 1_000)),
      },
    };
  }

  async function readSettingProblems(): Promise<SyncStatus['settings']> {
    const settings = await readSettings();
    const parsed = parseSyncSettings(settings);
    const problems = [...(parsed.ok ? [] : parsed.problems), ...parsed.warnings];
    return { enabled: settings.get('LDAP_Enable'), problems };
  }

  function readNextRunAt(): string | null {
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

  return async () => {
    const lease = await recent.lease();
    const running = await readRunning(lease);
    const [lastRun, waiting, settings] = await Promise.all([
      readLastRun(),
      readHeld(),
      readSettingProblems(),
    ]);
    return { lastRun, nextRunAt: readNextRunAt(), running, ...waiting, lease, settings };
  };
}
