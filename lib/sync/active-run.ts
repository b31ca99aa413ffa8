import type { Model } from 'mongoose';
import type { SyncRunRecord } from '../../models/sync-run.js';
import type { Clock } from '../clock.js';
import { LdapSyncError } from '../errors.js';
import type { Logger } from '../logger.js';
import { LEASE_HEARTBEAT_MS, LEASE_TTL_MS, type Lease } from './lease.js';
import type { RunState } from './report.js';
import { createTally, type Tally } from './tally.js';

/** The run that this process is doing: its lease, its tally, its end. */
export interface ActiveRun {
  readonly id: string;
  readonly tally: Tally;
  /** Aborts with an `LdapSyncError` (`run-stopped`, `lease-lost`). */
  readonly signal: AbortSignal;
  /** Asks the run to end at the next page. */
  stop(): void;
  /** Throws when the run is to end, for whatever reason. To be called between two pages, never within one: what was written has to be counted. */
  assertGoingOn(): void;
  /** Throws when another host may be writing by now. To be called right before every write. */
  assertMayWrite(): void;
  /** Writes the counts down, now and then. */
  saveProgress(): Promise<void>;
  /** Writes the report and releases the lease. Never throws: the report of a run whose database is gone stays `running` until the lease expires. */
  finish(state: RunState): Promise<void>;
}

interface Dependencies {
  readonly runs: Model<SyncRunRecord>;
  readonly lease: Lease;
  readonly clock: Clock;
  readonly logger: Logger;
}

const PROGRESS_MS = 250;
/** Writing stops this long before others may take the lease, so that a write on its way arrives in time. */
const SAFETY_MS = 10_000;

export function createActiveRun(id: string, { runs, lease, clock, logger }: Dependencies): ActiveRun {
  const tally = createTally();
  const abort = new AbortController();
  let renewedAt = performance.now();
  let savedAt = -Infinity;
  let isLost = false;

  const heartbeat = setInterval(() => void renew(), LEASE_HEARTBEAT_MS);
  heartbeat.unref();

  async function renew(): Promise<void> {
    const askedAt = performance.now();
    try {
      if (await lease.renew(id)) renewedAt = askedAt;
      else {
        isLost = true;
        abort.abort(leaseLost());
      }
    } catch (error) {
      logger.warn({ runId: id, error: (error as Error).message }, 'The lease of the LDAP sync could not be renewed; trying again');
    }
  }

  async function save(fields: Partial<SyncRunRecord>): Promise<void> {
    await runs.collection.updateOne({ _id: id as never, state: 'running' }, { $set: { ...tally.snapshot(), ...fields } });
  }

  return {
    id,
    tally,
    signal: abort.signal,
    stop: () => abort.abort(new LdapSyncError('run-stopped', 'The host is shutting down.', { remedy: 'Run the sync again.' })),

    assertGoingOn: () => abort.signal.throwIfAborted(),

    assertMayWrite() {
      if (isLost || performance.now() - renewedAt > LEASE_TTL_MS - SAFETY_MS) throw leaseLost();
    },

    async saveProgress() {
      if (performance.now() - savedAt < PROGRESS_MS) return;
      savedAt = performance.now();
      await save({});
    },

    async finish(state) {
      clearInterval(heartbeat);
      try {
        await save({ state, finishedAt: clock() });
        await lease.release(id);
      } catch (error) {
        logger.error({ runId: id, error: (error as Error).message }, 'The report of the LDAP sync could not be written');
      }
    },
  };
}

function leaseLost(): LdapSyncError {
  return new LdapSyncError('lease-lost', 'This host lost contact with the database for too long, or another host took the run over.', {
    remedy: 'Run the sync again; check the connection to MongoDB if this returns.',
  });
}
