import type { Connection } from 'mongoose';
import { silentLogger } from '../../lib/logger.js';
import { createIndexes } from '../../lib/sync/indexes.js';
import type { ActiveRun } from '../../lib/sync/run/active-run.js';
import { createRunLog } from '../../lib/sync/run/run-log.js';
import type { RunKind } from '../../models/run-report.js';

/** A run that holds the lease and has begun nothing yet. */
export async function startRun(connection: Connection, kind: RunKind = 'sync'): Promise<ActiveRun> {
  await createIndexes(connection, { keepsAvatars: true }).ensure();
  const runs = createRunLog({ connection, clock: () => new Date(), logger: silentLogger });
  const { active, outcome } = await runs.start({ kind, requestedBy: { _id: 'tester' } });
  if (!active) throw new Error(`The run was ${outcome}.`);
  return active;
}

/** A run that may write. */
export async function startWriting(connection: Connection, kind: RunKind = 'sync'): Promise<ActiveRun> {
  const run = await startRun(connection, kind);
  await run.takeOver();
  return run;
}
