import type { RemovalRow } from '../../../models/change-row.js';
import type { ChangeLog } from '../history/change-log.js';
import { createRowCounter, type RowCounter } from './count-people.js';
import { toPlanned, type PlannedRows } from './planned-rows.js';
import { toRowKey } from './row-key.js';
import { MAX_SAMPLES } from './sort-rows.js';

/** What has become of the removals that a preview has shown. What is in neither list is done. */
export interface Undone {
  /** All that the preview has shown. */
  readonly planned: RowCounter;
  /** The sweep no longer asks for them. */
  readonly notWanted: RowCounter;
  /** The sweep asks for them, and something stood in the way. */
  readonly notDone: RowCounter;
  /** The first of those that are not wanted. */
  readonly samples: readonly RemovalRow[];
}

/** A preview as it was read before the sweep. */
export interface AppliedPreview {
  readonly previewId: string;
  readonly rows: PlannedRows;
  /** Earlier applications of it that were cut off: what they have done is not missed. */
  readonly earlier: readonly string[];
}

/** After the removals of the application have been carried out. */
export async function findUndone(
  { previewId, rows: plan, earlier }: AppliedPreview,
  changes: Pick<ChangeLog, 'removals'>,
): Promise<Undone> {
  const counters = {
    planned: createRowCounter(),
    notWanted: createRowCounter(),
    notDone: createRowCounter(),
  };
  const settled = new Set<string>();
  for (const runId of earlier)
    for await (const row of rowsOf(runId, changes)) if (row.state === 'done') settled.add(toRowKey(row));
  for await (const row of rowsOf(undefined, changes)) {
    const key = toRowKey(row);
    if (plan.get(key)?.what !== 'planned') continue;
    settled.add(key);
    if (row.state !== 'done') counters.notDone.add(row.kind);
  }
  for (const [key, { what, kind }] of plan) {
    if (what !== 'planned') continue;
    counters.planned.add(kind);
    if (!settled.has(key)) counters.notWanted.add(kind);
  }
  const isMissed = (row: RemovalRow): boolean => toPlanned(row) === 'planned' && !settled.has(toRowKey(row));
  const isAnybody = counters.notWanted.rows() > 0;
  return { ...counters, samples: isAnybody ? await findSamples(rowsOf(previewId, changes), isMissed) : [] };
}

/** Rows that have expired since they were read are counted, and no longer named. */
async function findSamples(
  rows: AsyncIterable<RemovalRow>,
  isMeant: (row: RemovalRow) => boolean,
): Promise<readonly RemovalRow[]> {
  const samples: RemovalRow[] = [];
  for await (const row of rows) {
    if (isMeant(row)) samples.push(row);
    if (samples.length === MAX_SAMPLES) break;
  }
  return samples;
}

async function* rowsOf(
  runId: string | undefined,
  changes: Pick<ChangeLog, 'removals'>,
): AsyncIterable<RemovalRow> {
  for await (const { rows } of changes.removals(runId)) yield* rows;
}
