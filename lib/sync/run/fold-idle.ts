import type { Collection } from '../../../models/database.js';
import type { RunKind } from '../../../models/run-report.js';
import type { SyncRunRecord } from '../../../models/sync-run.js';
import type { RunEnd } from './run-end.js';
import type { Tally } from './tally.js';

interface IdleRun {
  readonly id: string;
  readonly kind: RunKind;
  readonly startedAt: Date;
}

/** Whoever has joined an idle run still reads its report for so long. */
const GRACE_MS = 60_000;
const NEWEST_FIRST = { startedAt: -1, _id: -1 } as const;

/** Whether the run had nothing to do and nothing to tell. */
export function isIdle({ state }: RunEnd, tally: Tally): boolean {
  const { signedOut = 0, problems, attention } = tally.snapshot();
  return state === 'completed' && signedOut === 0 && problems.length === 0 && attention.length === 0;
}

/**
 * An idle run of a kind that happens every few minutes takes the place of the idle runs before it, and counts them. Only
 * while the run holds the lease of its kind.
 */
export async function foldIdle(
  { id, kind, startedAt }: IdleRun,
  runs: Collection<SyncRunRecord>,
): Promise<void> {
  const others = { kind, idle: { $exists: true }, _id: { $ne: id } };
  const former = await runs.findOne(others, { sort: NEWEST_FIRST, projection: { idle: 1 } });
  const { runs: before, since } = former?.idle ?? { runs: 0, since: startedAt };
  await runs.updateOne({ _id: id }, { $set: { idle: { runs: before + 1, since } } });
  await runs.deleteMany({ ...others, startedAt: { $lt: new Date(startedAt.getTime() - GRACE_MS) } });
}
